package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description =
        "Runs the example job orders-by-hand against a sandbox, and shows what has landed.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  domo-s3-writeback demo", "  domo-s3-writeback demo --https"})
final class DemoCommand implements Callable<Integer> {

  private static final String JOB = "orders-by-hand";
  private static final int LINES = 8;

  @Option(
      names = "--https",
      description =
          "Speak HTTPS, as with Domo and AWS, by a certificate that is made for this and trusted by"
              + " nobody else.")
  private boolean https;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    try (Sandbox sandbox = Sandbox.builder().https(https).start()) {
      out.printf(
          "A sandbox on this machine: Domo %s, STS %s, S3 %s%n",
          sandbox.domoUrl(), sandbox.stsUrl(), sandbox.s3Url());
      out.flush();
      // System properties, since only they count more than the environment of who tries this.
      SandboxSettings.callerKeys().forEach(System::setProperty);
      SandboxSettings.of(sandbox).forEach(System::setProperty);
      sandbox.trust().forEach(System::setProperty);
      System.setProperty(LedgerDatabase.URL, "jdbc:h2:mem:demo");
      RunContext run = new Jobs().run(JOB, null, null, true);
      if (run.getOutcome() == Outcome.DONE) {
        show(run, sandbox, out);
      }
      return run.getOutcome().exitCode();
    }
  }

  private static void show(RunContext run, Sandbox sandbox, PrintWriter out) {
    byte[] object = sandbox.s3().bytes(run.getKey());
    out.printf(
        "%nLanded: s3://%s/%s, %,d rows, %,d bytes. It begins:%n%n",
        run.getBucket(), run.getKey(), run.records().get(), object.length);
    new String(object, StandardCharsets.UTF_8)
        .lines()
        .limit(LINES)
        .forEach(line -> out.println("  " + line));
    out.flush();
  }
}
