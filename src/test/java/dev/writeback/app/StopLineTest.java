package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.writeback.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelContextTracker;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A process that is told to end waits for Camel's context: what is said later may be cut off. */
class StopLineTest {

  @Test
  void theStopIsToldBeforeTheProcessMayEnd() throws Exception {
    List<String> said = new ArrayList<>();
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger jobs = (Logger) LoggerFactory.getLogger("dev.writeback.jobs");
    jobs.addAppender(lines);
    lines.start();
    try (Sandbox sandbox = Sandbox.start();
        CommandLineRun settings = new CommandLineRun(sandbox)) {
      settings.with(ManagementPort.PORT, "off");
      Main program = new Jobs().scheduled();
      program.start();
      CamelContext context = program.getCamelContext();
      CamelContextTracker end =
          new CamelContextTracker() {
            @Override
            public void contextDestroyed(CamelContext destroyed) {
              if (destroyed == context) {
                lines.list.forEach(line -> said.add(line.getFormattedMessage()));
              }
            }
          };
      end.open();
      try {
        program.stop();
      } finally {
        end.close();
      }
    } finally {
      jobs.detachAppender(lines);
    }

    assertThat(said).last().isEqualTo("stopped");
  }
}
