package dev.writeback.job;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;

/** Makes all routes of a folder, as a start does, and starts none. */
public final class RoutesTrial {

  private RoutesTrial() {}

  /**
   * @param context one of its own, not initialized yet; initialized afterwards
   * @param files in which {@link RoutesCheck} has found nothing
   * @throws Exception what keeps a route from being made
   */
  public static void of(CamelContext context, RouteSnapshot files) throws Exception {
    SnapshotResources.of(context, files);
    // What it finds has been looked for, and what it warns of is told to those who edit.
    context.getLifecycleStrategies().removeIf(JobsCheck.class::isInstance);
    for (Path file : files.routeFiles()) {
      if (file.toString().endsWith(RouteFolder.SUFFIX)) {
        PluginHelper.getRoutesLoader(context)
            .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("file:" + file));
      }
    }
    context.init();
  }
}
