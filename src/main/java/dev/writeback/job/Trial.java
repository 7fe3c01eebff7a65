package dev.writeback.job;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceHelper;

/** Makes a data format as the chain will, so that what keeps it from working is known at start. */
final class Trial {

  private Trial() {}

  /** What the data format says against its options, or of a library that is missing. */
  static Optional<String> of(CamelContext context, String dataFormat, Map<String, Object> options) {
    DataFormat tried = context.createDataFormat(dataFormat);
    try {
      options.forEach(
          (name, value) ->
              PropertyBindingSupport.build()
                  .withCamelContext(context)
                  .withTarget(tried)
                  .withProperty(name, value)
                  .bind());
      ServiceHelper.initService(tried);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    } finally {
      ServiceHelper.stopAndShutdownService(tried);
    }
  }
}
