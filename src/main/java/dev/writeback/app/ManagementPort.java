package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's own management server in the running program, on this machine alone: health, metrics, and
 * what {@code routes/management.camel.yaml} answers. Where it is, and the token that it asks for,
 * is told by {@link RunningFile}.
 */
final class ManagementPort extends MainListenerSupport {

  static final String PORT = "management.port";

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.management");

  private static final String OFF = "off";
  private static final String METRICS = "camel.metrics.enabled";
  private static final int TOKEN_BYTES = 32;
  private static final int HIGHEST_PORT = 65_535;

  /** What operators may still set otherwise, each by a line of {@code application.properties}. */
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("camel.management.enabled", "true"),
              Map.entry(ManagementAddress.HOST, "127.0.0.1"),
              Map.entry("camel.management.healthCheckEnabled", "true"),
              Map.entry("camel.management.healthPath", "/health"),
              Map.entry("camel.management.metricsEnabled", "true"),
              Map.entry("camel.health.exposureLevel", "full"),
              // The check of a job sees to its route.
              Map.entry("camel.health.routesEnabled", "false"),
              Map.entry("camel.health.consumersEnabled", "false"),
              Map.entry(METRICS, "true"),
              Map.entry("camel.metrics.path", "/metrics"),
              // What is told of jobs stands in docs/metrics.md; Camel's own names its routes.
              Map.entry("camel.metrics.enableRoutePolicy", "false"),
              Map.entry("camel.metrics.enableExchangeEventNotifier", "false"),
              Map.entry("camel.metrics.enableRouteEventNotifier", "false"),
              Map.entry("camel.metrics.skipCamelInfo", "true"),
              Map.entry("camel.metrics.clearOnReload", "false"),
              // A few questions a minute need no more, and no file.
              Map.entry("camel.beans.managementThreads", "#class:io.vertx.core.VertxOptions"),
              Map.entry("camel.beans.managementThreads.eventLoopPoolSize", "1"),
              Map.entry("camel.beans.managementThreads.workerPoolSize", "4"),
              Map.entry("camel.beans.managementThreads.internalBlockingPoolSize", "1"),
              Map.entry(
                  "camel.beans.managementThreads.fileSystemOptions.fileCachingEnabled", "false"),
              Map.entry(
                  "camel.beans.managementThreads.fileSystemOptions.classPathResolvingEnabled",
                  "false")));

  private final String token;
  private ManagementAddress address;
  private ManagementGate gate;
  private volatile boolean begun;

  private ManagementPort() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Opens the port with this program, unless its settings say that there is none. */
  static void of(Main main) {
    main.addMainListener(new ManagementPort());
  }

  /** Empty where the program of this context has no such port. */
  static String token(CamelContext context) {
    ManagementPort port = context.getCamelContextExtension().getContextPlugin(ManagementPort.class);
    return port == null ? "" : port.token;
  }

  /** The actual one. */
  private static int port(CamelContext context) {
    return context.hasService(VertxPlatformHttpServer.class).getPort();
  }

  /** What the commands of this folder find. */
  RunningFile runningFile(CamelContext context) {
    return new RunningFile(address.url(port(context)), token);
  }

  ManagementGate gate() {
    return gate;
  }

  /** Whether the jobs have been started, and nobody stops them. */
  boolean isBegun() {
    return begun;
  }

  @Override
  public void beforeConfigure(BaseMainSupport configuring) {
    CamelContext context = configuring.getCamelContext();
    String port = setting(context, PORT, OFF);
    if (!port.equals(OFF)) {
      address =
          ManagementAddress.of(
              setting(context, ManagementAddress.HOST, SETTINGS.get(ManagementAddress.HOST)));
      requireFree(number(port));
      gate = new ManagementGate(address, names(context), () -> port(context));
      PropertiesComponent properties = context.getPropertiesComponent();
      SETTINGS.forEach(properties::addInitialProperty);
      properties.addInitialProperty("camel.management.port", port);
      context.getCamelContextExtension().addContextPlugin(ManagementPort.class, this);
      RecentStates states = new RecentStates(context);
      if (Boolean.parseBoolean(setting(context, METRICS, SETTINGS.get(METRICS)))) {
        context.addLifecycleStrategy(new JobMetrics(context, states));
      }
      context.getRegistry().bind("managementServer", new ManagementServer.Factory(this));
      context.addLifecycleStrategy(new Announcement(states));
    }
  }

  /**
   * Without opening it.
   *
   * @throws RunException if it cannot be one
   */
  static void check(CamelContext context) {
    String port = setting(context, PORT, OFF);
    if (!port.equals(OFF)) {
      number(port);
    }
  }

  private static String setting(CamelContext context, String name, String otherwise) {
    return context.resolvePropertyPlaceholders("{{" + name + ":" + otherwise + "}}").trim();
  }

  private Set<String> names(CamelContext context) {
    Stream<String> listed =
        Arrays.stream(setting(context, ManagementGate.NAMES, "").split(",")).map(String::strip);
    Stream<String> own =
        address.isOfNetwork() ? Stream.of(ManagementAddress.ownName()) : Stream.empty();
    return Stream.concat(listed, own)
        .filter(name -> !name.isEmpty())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static int number(String port) {
    try {
      int number = Integer.parseInt(port);
      if (number >= 0 && number <= HIGHEST_PORT) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below.
    }
    throw wrong("no port", port, "a number such as 8717, 0 for any free one, or off");
  }

  /** Vert.x says so in its log alone, and the program would run on unwatched. */
  private void requireFree(int port) {
    try {
      address.requireFree(port);
    } catch (IOException e) {
      if (RunningProgram.find().isPresent()) {
        throw wrong(
            "this folder's program runs already, and has it",
            String.valueOf(port),
            "stop that one first (domo-s3-writeback status tells what it does)");
      }
      throw wrong(
          "cannot be opened on " + address.address().getHostAddress() + " (" + e.getMessage() + ")",
          String.valueOf(port),
          "another port, 0 for any free one, or off");
    }
  }

  private static RunException wrong(String what, String value, String right) {
    return new RunException(
        Outcome.CONFIGURATION, false, PORT + " - " + what + " - '" + value + "' - " + right);
  }

  /** The port is told while it answers. */
  private final class Announcement extends LifecycleStrategySupport {

    private final RecentStates states;

    Announcement(RecentStates states) {
      this.states = states;
    }

    @Override
    public void onContextStarted(CamelContext context) {
      HealthChecks.register(context, states);
      begun = true;
      RunningFile file = runningFile(context);
      try {
        RunningFile.write(file.url(), file.token());
        LOG.info("health and metrics are told at {}", file.url());
      } catch (IOException e) {
        LOG.warn(
            "{} cannot be written, so that commands do not find this program: {}",
            RunningFile.PATH,
            e.toString());
      }
    }

    @Override
    public void onContextStopping(CamelContext context) {
      begun = false;
      RunningFile.delete(token);
    }
  }
}
