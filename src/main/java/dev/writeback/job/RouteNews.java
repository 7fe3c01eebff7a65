package dev.writeback.job;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told of changes of routes, in words for an operator. */
final class RouteNews {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

  private RouteNews() {}

  static void waits(MadeRoute route) {
    LOG.info("{} is changed when its run has ended", route.name());
  }

  /**
   * @param before null where it is new
   * @param after null where it is gone
   */
  static void changed(MadeRoute before, MadeRoute after) {
    if (after == null) {
      LOG.info("{} is gone, its file no longer has it", before.name());
    } else {
      LOG.info("{} is {}: {}", after.name(), before == null ? "new" : "changed", after.file());
    }
  }

  /**
   * @param before null where there was none
   * @param after null where it was to be gone
   */
  static void refused(MadeRoute before, MadeRoute after, String reason) {
    if (after == null) {
      LOG.error("{} cannot be ended, and goes on as before: {}", before.name(), reason);
    } else if (before == null) {
      LOG.error("{} cannot be started as its file says: {}", after.name(), reason);
    } else {
      LOG.error(
          "{} cannot be started as its file says, and goes on as before: {}", after.name(), reason);
    }
  }

  static void out(MadeRoute route, String reason) {
    LOG.error(
        "{} cannot be put back either, and does not run; it is tried again: {}",
        route.name(),
        reason);
  }

  static void putBack(MadeRoute route) {
    LOG.info("{} is put back as it was", route.name());
  }

  /** What is at the bottom of a failure. */
  static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    // The message of a class that is missing is its name alone.
    return cause.getMessage() == null || cause instanceof Error
        ? cause.toString()
        : cause.getMessage();
  }
}
