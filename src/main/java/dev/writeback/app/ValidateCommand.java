package dev.writeback.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.writeback.job.CheckedJob;
import dev.writeback.job.Mistake;
import dev.writeback.job.RouteSnapshot;
import dev.writeback.job.RoutesCheck;
import dev.writeback.run.Outcome;
import dev.writeback.run.TimeText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "validate",
    description = {
      "Checks the files of routes/ as a start does, and tells all mistakes at once. Nobody is"
          + " contacted.",
      "A job that is right is told with its next times. Ends with 2 if there is a mistake."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback validate",
      "  domo-s3-writeback validate routes/sales-daily.camel.yaml",
      "  domo-s3-writeback validate --json"
    })
final class ValidateCommand implements Callable<Integer> {

  private static final int TIMES = 5;

  @Parameters(
      paramLabel = "FILES",
      arity = "0..*",
      description =
          "Tell the mistakes of these files alone; such as one that is not in routes/ yet. By"
              + " default of all files.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object, with all that is known.")
  private boolean json;

  @Spec private CommandSpec command;

  private final Path folder;
  private int exitCode;

  ValidateCommand() {
    this(CamelMain.HERE);
  }

  /**
   * @param folder that holds {@code routes/} and {@code application.properties}
   */
  ValidateCommand(Path folder) {
    this.folder = folder;
  }

  @Override
  public Integer call() {
    CheckedRoutes.read(folder, files, bean -> true, this::tell);
    return exitCode;
  }

  private boolean isAskedFor(String file) {
    return files.isEmpty()
        || files.stream()
            .map(asked -> asked.toAbsolutePath().normalize())
            .anyMatch(Path.of(file).toAbsolutePath().normalize()::equals);
  }

  private void tell(CamelContext context, CheckedRoutes checked) {
    RoutesCheck check = checked.check();
    SettingsCheck settings = new SettingsCheck(context, folder);
    List<Mistake> mistakes = asked(checked.mistakes(settings.mistakes()));
    List<Mistake> warnings =
        asked(and(settings.warnings(RouteSnapshot.of(CamelMain.routes(folder))), check.warnings()));
    List<CheckedJob> jobs =
        check.jobs().stream().filter(job -> isAskedFor(job.place().file())).toList();
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(object(mistakes, warnings, jobs));
    } else {
      mistakes.forEach(out::println);
      warnings.forEach(warning -> out.println("Note: " + warning));
      jobs.stream().filter(job -> isRight(job, mistakes)).forEach(job -> out.println(line(job)));
    }
    out.flush();
    exitCode = (mistakes.isEmpty() ? Outcome.DONE : Outcome.CONFIGURATION).exitCode();
  }

  private static List<Mistake> and(List<Mistake> first, List<Mistake> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }

  private List<Mistake> asked(List<Mistake> mistakes) {
    return mistakes.stream().filter(mistake -> isAskedFor(mistake.place().file())).toList();
  }

  private static boolean isRight(CheckedJob job, List<Mistake> mistakes) {
    return mistakes.stream().noneMatch(mistake -> mistake.route().equals(job.id()));
  }

  private static String line(CheckedJob job) {
    List<String> next = times(job);
    return job.id()
        + " is right, "
        + (next.isEmpty()
            ? "no cron fires it"
            : "next " + next.stream().collect(Collectors.joining(", ")));
  }

  private static List<String> times(CheckedJob job) {
    return job.next(Instant.now(), TIMES).stream().map(ValidateCommand::text).toList();
  }

  private static String text(ZonedDateTime time) {
    return TimeText.of(time.toInstant(), time.getZone());
  }

  private static ObjectNode object(
      List<Mistake> mistakes, List<Mistake> warnings, List<CheckedJob> jobs) {
    ObjectNode object = new ObjectMapper().createObjectNode();
    mistakes.forEach(mistake -> put(mistake, object.withArray("mistakes")));
    warnings.forEach(warning -> put(warning, object.withArray("notes")));
    for (CheckedJob job : jobs) {
      ObjectNode node = object.withArray("jobs").addObject();
      node.put("job", job.id()).put("file", job.place().file());
      node.put("right", isRight(job, mistakes));
      times(job).forEach(node.putArray("next")::add);
    }
    return object;
  }

  private static void put(Mistake mistake, ArrayNode list) {
    list.addObject()
        .put("file", mistake.place().file())
        .put("line", mistake.place().line())
        .put("column", mistake.place().column())
        .put("job", mistake.route())
        .put("option", mistake.problem().option())
        .put("text", mistake.problem().text());
  }
}
