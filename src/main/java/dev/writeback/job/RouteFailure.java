package dev.writeback.job;

/**
 * Why a route is not what its file says.
 *
 * @param route as it was to be, or else as it was
 * @param reason in words for an operator
 */
record RouteFailure(MadeRoute route, String reason) {

  /** In words for somebody who looks at a job of the same file. */
  String ofSchedule() {
    return "its schedule " + route.id() + " is not what runs: " + reason;
  }

  /** Whether it is one of a schedule of this job. */
  boolean concerns(MadeRoute job) {
    return job.isJob() && !route.isJob() && job.file().equals(route.file());
  }
}
