package dev.writeback.app;

import dev.writeback.sandbox.Sandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * Commands as they are typed, in this process and in the folder of the shipped jobs, which speak to
 * a sandbox. The settings are system properties until it is closed.
 */
final class CommandLineRun implements AutoCloseable {

  private final Map<String, String> settings = new LinkedHashMap<>();
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  /** With the settings as they are shipped, and no credentials. */
  CommandLineRun() {}

  CommandLineRun(Sandbox sandbox) {
    SandboxSettings.of(sandbox).forEach(this::with);
    SandboxSettings.callerKeys().forEach(this::with);
    with(LedgerDatabase.URL, "jdbc:h2:mem:" + sandbox.s3Url().getPort() + ";DB_CLOSE_DELAY=-1");
  }

  CommandLineRun with(String name, String value) {
    settings.put(name, value);
    System.setProperty(name, value);
    return this;
  }

  /** Gives the exit code. */
  int execute(String... arguments) {
    return execute(Program.commandLine(), arguments);
  }

  /** The same of one command alone, which may work in another folder. */
  int execute(Callable<Integer> command, String... arguments) {
    return execute(Program.answering(new CommandLine(command)), arguments);
  }

  private int execute(CommandLine program, String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    program.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return program.execute(arguments);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  @Override
  public void close() {
    settings.keySet().forEach(System::clearProperty);
  }
}
