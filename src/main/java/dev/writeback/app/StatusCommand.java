package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = {
      "Shows how each job of the running program stands: what it does now, when it runs next, its"
          + " last run, and when its object was last complete."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  domo-s3-writeback status", "  domo-s3-writeback status --json"})
final class StatusCommand implements Callable<Integer> {

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    RunningProgram program =
        RunningProgram.find()
            .orElseThrow(
                () ->
                    new RunException(
                        Outcome.CONFIGURATION,
                        false,
                        "status - no program answers that was started in this folder - start it, with a"
                            + " management.port in application.properties; history works without"));
    PrintWriter out = command.commandLine().getOut();
    out.print(program.jobs(json));
    out.flush();
    return 0;
  }
}
