package dev.writeback.app;

import dev.writeback.job.CheckedJob;
import dev.writeback.job.ConfigurationException;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.run.TimeText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "new-job",
    description = {
      "Asks for a new job, pane by pane as Domo's connector does, and writes its file into routes/.",
      "Each answer is checked at once; an empty one takes the default in brackets. Nothing is"
          + " written before the last answer, and no file is replaced. Answers may come from a pipe,"
          + " a line each.",
      "Each question is an option too: what is stated is not asked for."
    },
    mixinStandardHelpOptions = true,
    modelTransformer = NewJobCommand.Questions.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback new-job",
      "  domo-s3-writeback new-job --no-input --id sales-daily --cron 06:00 \\",
      "    --timeZone America/Denver --fileName 'sales_<current_date-1>' \\",
      "    --inputDataset 845305d8-da3d-4107-a9d6-13ef3f86d4a4 --path finance/sales/ \\",
      "    --description 'Sales of yesterday'"
    })
final class NewJobCommand implements Callable<Integer> {

  /** Makes an option of each question, in the panes of the connector. */
  static final class Questions implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec command) {
      for (JobQuestion.Pane pane : JobQuestion.Pane.values()) {
        ArgGroupSpec.Builder group =
            ArgGroupSpec.builder()
                .validate(false)
                .heading("%n" + pane.title() + "%n")
                .order(pane.ordinal());
        for (JobQuestion question : JobQuestion.values()) {
          if (question.pane() == pane) {
            group.addArg(
                OptionSpec.builder("--" + question.option())
                    .paramLabel(question.label())
                    .type(String.class)
                    .description(question.help())
                    .build());
          }
        }
        command.addArgGroup(group.build());
      }
      return command;
    }
  }

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any other parameter of a job, as docs/options.md lists them; repeatable.")
  private Map<String, String> others = new LinkedHashMap<>();

  @Option(
      names = "--no-input",
      description =
          "Ask nothing: what is not stated takes its default, what is needed is an error.")
  private boolean noInput;

  @Spec private CommandSpec command;

  private final Path folder;
  private final InputStream in;

  NewJobCommand() {
    this(CamelMain.HERE, System.in);
  }

  /**
   * @param folder that holds {@code routes/} and {@code application.properties}
   * @param in where the answers come from
   */
  NewJobCommand(Path folder, InputStream in) {
    this.folder = folder;
    this.in = in;
  }

  @Override
  public Integer call() {
    CheckedRoutes.read(folder, List.of(), bean -> false, (context, checked) -> make(context));
    return 0;
  }

  private void make(CamelContext context) {
    JobAnswers answers = new JobAnswers(context, folder, others);
    if (noInput) {
      take(answers);
    } else {
      new JobDialog(
              answers,
              folder,
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)),
              command.commandLine().getErr(),
              System.console() == null)
          .hold(given());
    }
    write(answers);
  }

  private Map<JobQuestion, String> given() {
    Map<JobQuestion, String> given = new EnumMap<>(JobQuestion.class);
    for (JobQuestion question : JobQuestion.values()) {
      String value = command.findOption("--" + question.option()).getValue();
      if (value != null) {
        given.put(question, value);
      }
    }
    return given;
  }

  private void take(JobAnswers answers) {
    Map<JobQuestion, String> given = given();
    for (JobQuestion question : JobQuestion.values()) {
      answers.put(question, given.getOrDefault(question, ""));
    }
    List<String> told =
        answers.problems(true).values().stream()
            .flatMap(List::stream)
            .map(Object::toString)
            .toList();
    if (!told.isEmpty()) {
      throw new ConfigurationException(told);
    }
  }

  private void write(JobAnswers answers) {
    Path file = answers.file();
    try {
      Files.writeString(file, answers.text(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new RunException(
          Outcome.CONFIGURATION, false, "id - " + file + " is there already - another name");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PrintWriter err = command.commandLine().getErr();
    err.println();
    err.flush();
    PrintWriter out = command.commandLine().getOut();
    out.println(file);
    out.flush();
    answers.warnings().forEach(warning -> err.println("Note: " + warning));
    answers.job().ifPresent(job -> tell(job, err));
    err.flush();
  }

  private static void tell(CheckedJob job, PrintWriter err) {
    job.next(Instant.now(), 1)
        .forEach(
            next ->
                err.println(
                    "While the program runs on its schedules, the job runs next at "
                        + TimeText.of(next.toInstant(), next.getZone())));
    err.println("Whether all is there that it needs: domo-s3-writeback check " + job.id());
    err.println("To run it now: domo-s3-writeback run " + job.id());
  }
}
