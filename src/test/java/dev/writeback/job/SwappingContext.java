package dev.writeback.job;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.quartz.Trigger.TriggerState;
import org.slf4j.LoggerFactory;

/** Route files in a context that is brought to them again and again: jobs that export nothing. */
final class SwappingContext implements AutoCloseable {

  private static final String KAMELET =
      """
      apiVersion: camel.apache.org/v1
      kind: Kamelet
      metadata:
        name: tiny
      spec:
        definition:
          title: Tiny
          type: object
          properties:
            job:
              title: Job
              type: string
        template:
          from:
            uri: kamelet:source
            steps:
              - setProperty:
                  name: tiny
                  constant: "{{job}}"
      """;

  final DefaultCamelContext camel = new DefaultCamelContext();
  final Obstacle obstacle = new Obstacle();
  final List<String> lines = new CopyOnWriteArrayList<>();
  private final Path folder;
  private final AppenderBase<ILoggingEvent> listener =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };
  private RouteSnapshot files;
  private RouteParts wanted;
  private RouteSwap swap;

  SwappingContext(Path folder) throws IOException {
    this.folder = folder;
    Path kamelets = Files.createDirectories(folder.resolve("kamelets"));
    Files.writeString(kamelets.resolve("tiny.kamelet.yaml"), KAMELET);
    camel.getComponent("kamelet", KameletComponent.class).setLocation("file:" + kamelets);
    camel.addLifecycleStrategy(obstacle);
  }

  /** A job that waits for a call and answers it. */
  static String job(String id, String answer) {
    return """
    - route:
        id: %s
        from:
          uri: direct:%s
          steps:
            - to:
                uri: kamelet:tiny
                parameters:
                  job: %s
            - setBody:
                expression:
                  constant:
                    expression: %s
    """
        .formatted(id, id, id, answer);
  }

  /** A job of a cron. */
  static String job(String id, String cron, String answer) {
    return job(id, answer).replace("uri: direct:" + id, quartz(id, cron));
  }

  /** A schedule of a job. */
  static String schedule(String id, String cron, String job) {
    return """
    - route:
        id: %s
        from:
          uri: direct:%s
          steps:
            - to:
                uri: direct:%s
    """
        .formatted(id, id, job)
        .replace("uri: direct:" + id, quartz(id, cron));
  }

  private static String quartz(String id, String cron) {
    return """
    uri: quartz:writeback/%s
          parameters:
            cron: "%s"
            trigger.timeZone: UTC
            stateful: true\
    """
        .formatted(id, cron);
  }

  SwappingContext write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name + ".camel.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** With the files as they are. */
  SwappingContext start() throws Exception {
    listener.start();
    logger().addAppender(listener);
    files = RouteSnapshot.of(folder);
    SnapshotResources.of(camel, files);
    for (Path file : files.routeFiles()) {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:" + file));
    }
    camel.start();
    return this;
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.writeback.jobs");
  }

  RouteSnapshot files() {
    return files;
  }

  /** Before the first edit of a test that brings the context to its files by itself. */
  SwappingContext swapping() {
    wanted = new RouteParts(camel, files);
    swap = new RouteSwap(camel, wanted, files, Duration.ZERO);
    return this;
  }

  RouteSwap swap() {
    return swap;
  }

  /** Takes the files as they are now. */
  void take() throws Exception {
    files = RouteSnapshot.of(folder);
    RouteParts parts = new RouteParts(camel, files);
    swap.prepare(parts, files);
    wanted = parts;
    look();
  }

  /** The next look, without an edit. */
  void look() throws Exception {
    swap.to(wanted, files);
  }

  String answer(String job) {
    return camel.createProducerTemplate().requestBody("direct:" + job, null, String.class);
  }

  boolean runs(String route) {
    return camel.getRoute(route) != null
        && camel.getRouteController().getRouteStatus(route).isStarted();
  }

  TriggerState trigger(String route) throws Exception {
    QuartzEndpoint endpoint = (QuartzEndpoint) camel.getRoute(route).getEndpoint();
    return camel
        .getComponent("quartz", QuartzComponent.class)
        .getScheduler()
        .getTriggerState(endpoint.getTriggerKey());
  }

  @Override
  public void close() {
    logger().detachAppender(listener);
    obstacle.clear();
    camel.stop();
  }
}
