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
    return ReloadState.of(getCamelContext()).problems();
  }
}
