package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.service.ServiceSupport;

/**
 * A data format that compresses the body, whatever it is. When the body fails, what was written
 * until then is left without its end.
 */
abstract class CompressingDataFormat extends ServiceSupport implements DataFormat, DataFormatName {

  @Metadata(
      defaultValue = "BALANCED",
      enums = "FAST,BALANCED,SMALL",
      description = "What counts more: that little work is done, or that the result is small")
  private CompressionLevel level = CompressionLevel.BALANCED;

  /** Reads the input to its end; closes neither stream. */
  abstract void compress(InputStream in, OutputStream out) throws IOException;

  @Override
  public final void marshal(Exchange exchange, Object body, OutputStream out) throws Exception {
    try (InputStream in =
        exchange
            .getContext()
            .getTypeConverter()
            .mandatoryConvertTo(InputStream.class, exchange, body)) {
      compress(in, out);
    }
  }

  /** Not supported: what is written is for others to read. */
  @Override
  public final Object unmarshal(Exchange exchange, InputStream in) {
    throw new UnsupportedOperationException(
        "The data format '" + getDataFormatName() + "' only marshals.");
  }

  public CompressionLevel getLevel() {
    return level;
  }

  public void setLevel(CompressionLevel level) {
    this.level = level;
  }
}
