package dev.writeback.app;

import dev.writeback.run.OneLine;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The standalone program. Its exit codes are those of {@link Outcome}. */
@Command(
    name = "domo-s3-writeback",
    description = {
      "Lands Domo DataSets in your own S3 bucket.",
      "Without a command: runs all jobs of routes/ on their schedules, until it is stopped."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      NewJobCommand.class,
      ValidateCommand.class,
      RunCommand.class,
      StatusCommand.class,
      HistoryCommand.class,
      AbandonCommand.class,
      CheckCommand.class,
      PlanCommand.class,
      PreviewCommand.class,
      RenderCommand.class,
      AccountsCommand.class,
      TestCommand.class,
      PolicyCommand.class,
      UploadsCommand.class,
      DataSetsCommand.class,
      FoldersCommand.class,
      DemoCommand.class,
      SandboxCommand.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "It reads routes/ and application.properties of the folder in which it is started.",
      "",
      "Exit codes: 0 done, 1 unexpected, 2 configuration, 3 credentials or permission, 4 Domo, 5 S3,"
          + " 6 the rows could not be proved; 130 and 143 stopped from outside.",
      "",
      "Examples:",
      "  domo-s3-writeback demo",
      "  domo-s3-writeback new-job",
      "  domo-s3-writeback validate",
      "  domo-s3-writeback run sales-daily",
      "  domo-s3-writeback",
      "",
      "Completion of commands and options, in bash and zsh:",
      "  source <(domo-s3-writeback generate-completion)"
    })
public final class Program implements Callable<Integer> {

  public static void main(String[] arguments) {
    OutOfMemory.endsTheProcess();
    System.exit(execute(arguments));
  }

  /** Does what the arguments say, and gives the exit code. */
  static int execute(String... arguments) {
    return commandLine(arguments).execute(arguments);
  }

  static CommandLine commandLine() {
    return answering(new CommandLine(new Program()));
  }

  /**
   * The same for these arguments: where they begin with a command, it knows that one alone. What
   * all of them are annotated with takes as long to read as a tenth of a small job.
   */
  static CommandLine commandLine(String... arguments) {
    Command program = Program.class.getAnnotation(Command.class);
    return Stream.of(program.subcommands())
        .filter(command -> arguments.length > 0 && isNamed(command, arguments[0]))
        .findFirst()
        .filter(command -> command != CommandLine.HelpCommand.class)
        .filter(command -> command != AutoComplete.GenerateCompletion.class)
        .map(
            command ->
                new CommandLine(CommandSpec.create().name(program.name()))
                    .addSubcommand(arguments[0], new CommandLine(command)))
        .map(Program::answering)
        .orElseGet(Program::commandLine);
  }

  private static boolean isNamed(Class<?> command, String name) {
    return command.getAnnotation(Command.class).name().equals(name);
  }

  /** With the words and the exit codes of this program for what goes wrong. */
  static CommandLine answering(CommandLine line) {
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Program::refuse)
        .setExecutionExceptionHandler(
            (thrown, command, parsed) -> {
              RunException failure = RunException.in(thrown);
              command.getErr().println(failure.getMessage());
              return failure.outcome().exitCode();
            });
  }

  /** What is wrong, and where to read on: the whole usage would hide it. */
  private static int refuse(ParameterException wrong, String... arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println(OneLine.of(wrong.getMessage()));
    UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
    command
        .getErr()
        .println("All options: " + command.getCommandSpec().qualifiedName() + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  @Override
  public Integer call() {
    return new Jobs().runUntilStopped();
  }
}
