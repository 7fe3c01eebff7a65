package dev.writeback.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.chain.ChainContext;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One job, taken out of its file and without its trigger, is checked as at a start of all. */
class JobSelectionTest {

  @TempDir Path folder;

  @Test
  void aTriggerThatIsTakenAwayIsCheckedAllTheSame() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        ChainContext context = new ChainContext(sandbox)) {
      new JobSelection("job").install(context.camel);
      String text =
          """
          - route:
              id: job
              description: A job of the test
              routeConfigurationId: writeback
              from:
                uri: quartz:writeback/job
                parameters:
                  cron: "0 0 6 * * ?"
                  stateful: true
                steps:
          """
              + ChainContext.step(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "x"))
                  .indent(2);
      context.file(Files.writeString(folder.resolve("job.camel.yaml"), text));

      assertThatThrownBy(context::start)
          .hasStackTraceContaining("job.camel.yaml:5")
          .hasStackTraceContaining("trigger.timeZone");
    }
  }
}
