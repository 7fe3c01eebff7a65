package dev.writeback.app;

import dev.writeback.job.Reload;
import dev.writeback.job.RouteSnapshot;
import dev.writeback.job.SnapshotResources;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.util.TimeUtils;

/** Takes edits of {@code routes/} while the program runs, as its setting {@code reload} says. */
final class Reloading extends MainListenerSupport {

  static final String SETTING = "reload";

  private static final String OFF = "off";
  private static final String DEFAULT = "5s";
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Path folder;
  private final RouteSnapshot loaded;

  private Reloading(Path folder, RouteSnapshot loaded) {
    this.folder = folder;
    this.loaded = loaded;
  }

  /**
   * @param folder that holds {@code routes/} and {@code application.properties}
   * @param loaded the files with which the program starts
   */
  static void of(Main main, Path folder, RouteSnapshot loaded) {
    main.addMainListener(new Reloading(folder, loaded));
  }

  @Override
  public void beforeConfigure(BaseMainSupport configuring) {
    CamelContext context = configuring.getCamelContext();
    SnapshotResources.of(context, loaded);
    interval(context)
        .ifPresent(
            interval ->
                context.addLifecycleStrategy(
                    new WhileStarted(
                        new Reload(
                            context,
                            loaded,
                            interval,
                            files -> CheckedRoutes.mistakes(folder, files)))));
  }

  /** Empty where edits wait for the next start. */
  static Optional<Duration> interval(CamelContext context) {
    String text = context.resolvePropertyPlaceholders("{{" + SETTING + ":" + DEFAULT + "}}").trim();
    if (text.equals(OFF)) {
      return Optional.empty();
    }
    try {
      Duration interval = Duration.ofMillis(TimeUtils.toMilliSeconds(text));
      if (interval.compareTo(SHORTEST) >= 0) {
        return Optional.of(interval);
      }
    } catch (IllegalArgumentException notATime) {
      // Told below.
    }
    throw new RunException(
        Outcome.CONFIGURATION,
        false,
        SETTING + " - no time between two looks - '" + text + "' - a time such as 5s, or off");
  }

  private static final class WhileStarted extends LifecycleStrategySupport {

    private final Reload reload;

    WhileStarted(Reload reload) {
      this.reload = reload;
    }

    @Override
    public void onContextStarted(CamelContext context) {
      try {
        context.addService(reload);
      } catch (Exception e) {
        throw RunException.in(e);
      }
      reload.begin();
    }

    @Override
    public void onContextStopping(CamelContext context) {
      try {
        reload.end();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
