package dev.writeback.app;

import dev.writeback.sandbox.Sandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/**
 * Commands as they are typed, in this process and in the folder of the shipped jobs, which speak to
 * a sandbox. The settings are system properties until it is closed.
 */
final class CommandLineRun implements AutoCloseable {

  private final Map<String, String> settings = new LinkedHashMap<>();
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

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
    out = new StringWriter();
    err = new StringWriter();
    CommandLine program = Program.commandLine();
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
