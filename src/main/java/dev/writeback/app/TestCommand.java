package dev.writeback.app;

import dev.writeback.job.CheckedJob;
import dev.writeback.job.JobParameters;
import dev.writeback.run.Compression;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "test",
    description = {
      "Runs a job's own chain on a small CSV that lies beside the job's file, and compares what"
          + " would be in the object, byte for byte, with what is expected. Nobody is contacted,"
          + " and no credential need be set.",
      "For the job sales: sales.test.csv is what Domo would export; sales.test.json, which need not"
          + " be there, what its DataSet API would tell (jsonl takes the columns' types from it);"
          + " sales.expected.csv (or .jsonl) the object, neither compressed nor encrypted. Of a"
          + " second writeback of a job: sales.2.test.csv and so on.",
      "All rows are written, also with onlyNewData. A compression is done and undone; an encryption"
          + " is left out.",
      "Ends with 0, or with 1 if something is not as expected."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback test",
      "  domo-s3-writeback test sales-daily",
      "  domo-s3-writeback test sales-daily --update"
    })
final class TestCommand implements Callable<Integer> {

  /** What depends on more than the rows and the job. */
  private static final Map<String, String> FIXED = fixed();

  @Parameters(
      paramLabel = "JOB",
      arity = "0..1",
      description = "The id of the job's route. By default all jobs that have such files.")
  private String job;

  @Option(names = "--update", description = "Write what is expected, from what there is now.")
  private boolean update;

  @Spec private CommandSpec command;

  private final Path folder;
  private int exitCode;

  TestCommand() {
    this(CamelMain.HERE);
  }

  /**
   * @param folder that holds {@code routes/} and {@code application.properties}
   */
  TestCommand(Path folder) {
    this.folder = folder;
  }

  private static Map<String, String> fixed() {
    Map<String, String> fixed = new HashMap<>();
    fixed.put("onlyNewData", "false");
    fixed.put("skipUnchanged", "false");
    fixed.put("encryptionMethod", "none");
    fixed.put("encryptionKey", null);
    return fixed;
  }

  @Override
  public Integer call() {
    LogTarget.toStandardError();
    Main main = CamelMain.toLook(folder);
    Offline.prepare(main);
    CheckedRoutes.read(main, folder, List.of(), bean -> false, this::test);
    return exitCode;
  }

  private void test(CamelContext context, CheckedRoutes checked) {
    List<CheckedJob> jobs =
        job == null ? withFiles(checked) : List.of(requireFiles(checked.job(job)));
    Offline.replaceAccounts(context);
    try (Rehearsal rehearsal = new Rehearsal(context, null)) {
      for (CheckedJob each : jobs) {
        List<JobParameters> writebacks = checked.parameters(checked.job(each.id()).id());
        for (int step = 0; step < writebacks.size(); step++) {
          test(rehearsal, each, step, writebacks.get(step));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (jobs.isEmpty()) {
      tell("No job has a file such as routes/JOB.test.csv beside it.");
    }
  }

  private List<CheckedJob> withFiles(CheckedRoutes checked) {
    return checked.check().jobs().stream()
        .filter(each -> Files.exists(file(each, 0, "test.csv")))
        .toList();
  }

  private CheckedJob requireFiles(CheckedJob wanted) {
    Path csv = file(wanted, 0, "test.csv");
    if (!Files.exists(csv)) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "test - not found - '" + csv + "' - a small CSV as Domo exports it, with its header");
    }
    return wanted;
  }

  /** Beside the job's file. */
  private static Path file(CheckedJob of, int step, String ending) {
    return Path.of(of.place().file())
        .resolveSibling(of.id() + "." + (step == 0 ? "" : step + 1 + ".") + ending);
  }

  private void test(Rehearsal rehearsal, CheckedJob tested, int step, JobParameters writeback)
      throws IOException {
    Fixture fixture = new Fixture(file(tested, step, "test.csv"), file(tested, step, "test.json"));
    Path expected = file(tested, step, "expected." + writeback.get("format"));
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    Rehearsed rehearsed = Rehearsed.offline(fixture, object);
    rehearsal.rehearse(tested, writeback, FIXED, null, null, rehearsed);
    if (rehearsed.failure() != null) {
      fail(tested.id() + " failed: " + rehearsed.failure().getMessage());
      return;
    }
    byte[] found =
        Uncompressed.of(
            object.toByteArray(),
            rehearsal
                .context()
                .getTypeConverter()
                .convertTo(Compression.class, writeback.get("compression")));
    String what = rehearsed.records().count() + " rows, " + found.length + " bytes";
    if (update) {
      Files.write(expected, found);
      tell(tested.id() + ": " + what + " written to " + expected);
    } else if (!Files.exists(expected)) {
      fail(
          tested.id()
              + " has nothing to be compared with: no "
              + expected
              + ", --update writes it");
    } else {
      String difference = FirstDifference.between(Files.readAllBytes(expected), found);
      if (difference == null) {
        tell(tested.id() + " is as expected: " + what);
      } else {
        fail(tested.id() + " is not as " + expected + " has it: " + difference);
      }
    }
  }

  private void fail(String line) {
    exitCode = Outcome.UNEXPECTED.exitCode();
    tell(line);
  }

  private void tell(String line) {
    command.commandLine().getOut().println(line);
    command.commandLine().getOut().flush();
  }
}
