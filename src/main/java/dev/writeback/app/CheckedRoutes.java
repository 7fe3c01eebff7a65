package dev.writeback.app;

import dev.writeback.job.CheckedJob;
import dev.writeback.job.ConfigurationException;
import dev.writeback.job.JobParameters;
import dev.writeback.job.Mistake;
import dev.writeback.job.Problem;
import dev.writeback.job.RouteFolder;
import dev.writeback.job.RouteSnapshot;
import dev.writeback.job.RoutesCheck;
import dev.writeback.job.RoutesTrial;
import dev.writeback.job.SnapshotResources;
import dev.writeback.run.Checked;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * What is found in the route files when they are checked, in a CamelContext of its own that is
 * never started. Every command that uses jobs checks them so, and tells the same.
 */
final class CheckedRoutes {

  private final RoutesCheck check;

  private CheckedRoutes(RoutesCheck check) {
    this.check = check;
  }

  /** The files of a folder's routes. */
  static CheckedRoutes read(Path folder) {
    return read(folder, RouteSnapshot.of(CamelMain.routes(folder)));
  }

  /** The files of a folder's routes, as they were. */
  static CheckedRoutes read(Path folder, RouteSnapshot routes) {
    return read(folder, routes, (context, checked) -> {});
  }

  /**
   * What a start of all jobs needs.
   *
   * @param notes is told what is no mistake in the settings, but a person should hear of
   * @throws RunException that tells every mistake, of the settings too, if there is one
   */
  static void requireStart(Path folder, RouteSnapshot routes, Consumer<Mistake> notes) {
    read(
        folder,
        routes,
        (context, checked) -> {
          SettingsCheck settings = settings(context, folder, routes, notes);
          refuse(checked.mistakes(settings.mistakesHere()));
        });
  }

  /**
   * What a run of one job needs.
   *
   * @param notes as in {@link #requireStart}
   * @throws RunException that tells every mistake that keeps it from running, the ledger's too, or
   *     that there is no such job
   */
  static CheckedRoutes requireRun(Path folder, String job, Consumer<Mistake> notes) {
    RouteSnapshot routes = RouteSnapshot.of(CamelMain.routes(folder));
    return read(
        folder,
        routes,
        (context, checked) -> {
          SettingsCheck settings = settings(context, folder, routes, notes);
          refuse(and(settings.mistakesOfLedger(), checked.check.mistakes(job)));
          checked.requireKnown(job);
        });
  }

  private static SettingsCheck settings(
      CamelContext context, Path folder, RouteSnapshot routes, Consumer<Mistake> notes) {
    SettingsCheck settings = new SettingsCheck(context, folder);
    settings.warnings(routes).forEach(notes);
    return settings;
  }

  private static List<Mistake> and(List<Mistake> ofSettings, List<Mistake> ofRoutes) {
    return Stream.concat(ofSettings.stream(), ofRoutes.stream()).toList();
  }

  private static CheckedRoutes read(
      Path folder, RouteSnapshot routes, BiConsumer<CamelContext, CheckedRoutes> reader) {
    AtomicReference<CheckedRoutes> read = new AtomicReference<>();
    read(
        CamelMain.toLook(folder),
        new RouteFolder(routes, List.of()),
        bean -> true,
        (context, checked) -> {
          reader.accept(context, checked);
          read.set(checked);
        });
    return read.get();
  }

  /**
   * What would keep the program from starting with these files; nobody is contacted, and nothing
   * started.
   */
  static List<Mistake> mistakes(Path folder, RouteSnapshot routes) {
    List<Mistake> mistakes;
    try {
      mistakes = read(folder, routes).check().mistakes();
      if (mistakes.isEmpty()) {
        tryOut(folder, routes);
      }
    } catch (RunException e) {
      mistakes =
          e.getMessage().lines().map(line -> new Mistake("", new Problem("", line))).toList();
    }
    return mistakes;
  }

  private static void tryOut(Path folder, RouteSnapshot routes) {
    Main main = CamelMain.toLook(folder);
    try {
      main.init();
      RoutesTrial.of(main.getCamelContext(), routes);
    } catch (Exception e) {
      throw StartFailure.of(e);
    } finally {
      main.stop();
    }
  }

  /**
   * @param folder that holds {@code routes/} and {@code application.properties}
   * @param more files besides those of the folder
   * @param needed the beans that have to be right
   * @param reader may use the context while it lasts, and the beans that it holds
   */
  static void read(
      Path folder,
      Collection<Path> more,
      Predicate<Checked> needed,
      BiConsumer<CamelContext, CheckedRoutes> reader) {
    read(CamelMain.toLook(folder), folder, more, needed, reader);
  }

  /** The same, with a Main that has been set up for it and is not initialized yet. */
  static void read(
      Main main,
      Path folder,
      Collection<Path> more,
      Predicate<Checked> needed,
      BiConsumer<CamelContext, CheckedRoutes> reader) {
    RouteSnapshot routes = RouteSnapshot.of(CamelMain.routes(folder));
    read(main, new RouteFolder(routes, more), needed, reader);
  }

  private static void read(
      Main main,
      RouteFolder routes,
      Predicate<Checked> needed,
      BiConsumer<CamelContext, CheckedRoutes> reader) {
    try {
      main.init();
      CamelContext context = main.getCamelContext();
      SnapshotResources.of(context, routes.folder());
      context.init();
      reader.accept(context, new CheckedRoutes(new RoutesCheck(context, routes, needed)));
    } catch (Exception e) {
      throw StartFailure.of(e);
    } finally {
      main.stop();
    }
  }

  RoutesCheck check() {
    return check;
  }

  /** All that would keep the program from starting, the settings' first. */
  List<Mistake> mistakes(List<Mistake> ofSettings) {
    return and(ofSettings, check.mistakes());
  }

  /** What the writebacks of a job say, in the order of its steps. */
  List<JobParameters> parameters(String job) {
    return check.parameters(job);
  }

  /**
   * @throws RunException that tells every mistake, if there is one
   */
  void requireRight() {
    refuse(check.mistakes());
  }

  /**
   * @throws RunException that tells every mistake that keeps one job from running, or that there is
   *     no such job
   */
  void requireRight(String job) {
    refuse(check.mistakes(job));
    requireKnown(job);
  }

  /**
   * @throws RunException if no file has a job of this id
   */
  void requireKnown(String job) {
    if (check.jobs().stream().map(CheckedJob::id).noneMatch(job::equals)) {
      throw new RunException(Outcome.CONFIGURATION, false, check.unknown(job));
    }
  }

  /**
   * The job of this id.
   *
   * @throws RunException if there is none, or a mistake keeps it from running
   */
  CheckedJob job(String id) {
    requireRight(id);
    return check.jobs().stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow();
  }

  private static void refuse(List<Mistake> mistakes) {
    if (!mistakes.isEmpty()) {
      throw new ConfigurationException(mistakes.stream().map(Mistake::toString).toList());
    }
  }
}
