package dev.writeback.app;

import dev.writeback.job.ReloadState;
import java.util.List;

/** Whether the files in routes/ are what runs. */
final class RoutesHealth extends AdvisoryCheck {

  RoutesHealth() {
    super("routes");
  }

  @Override
  List<String> problems() {
    return ReloadState.of(getCamelContext()).problems().isEmpty()
        ? List.of()
        : List.of("not all that stands on disk is what runs: validate and status tell why");
  }
}
