package dev.writeback.app;

import dev.writeback.ledger.LedgerComponent;
import dev.writeback.run.RunContext;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what a stop waits for, and how long: an operator sees nothing else of it until then. */
final class StopLine extends LifecycleStrategySupport {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

  @Override
  public void onContextStopping(CamelContext context) {
    String underWay =
        context.getComponent("ledger", LedgerComponent.class).running().stream()
            .map(RunContext::getJob)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    if (!underWay.isEmpty()) {
      LOG.info(
          "stopping: what runs may end within {} s, then it is broken off: {}",
          context.getShutdownStrategy().getTimeout(),
          underWay);
    }
  }
}
