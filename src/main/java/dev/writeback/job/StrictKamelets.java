package dev.writeback.job;

import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.UriFactoryResolver;
import org.apache.camel.support.PluginHelper;

/** Installs the check of jobs in every CamelContext that has this jar, on every host. */
public final class StrictKamelets implements ContextServicePlugin {

  @Override
  public void load(CamelContext context) {
    if (context.hasComponent(Kamelet.SCHEME) == null) {
      context.addComponent(Kamelet.SCHEME, new StrictKameletComponent(context));
    }
    context
        .getCamelContextExtension()
        .addContextPlugin(
            UriFactoryResolver.class,
            new RawParameters(PluginHelper.getUriFactoryResolver(context)));
    context.addLifecycleStrategy(new JobsCheck());
    context.addLifecycleStrategy(new MissedRuns());
  }
}
