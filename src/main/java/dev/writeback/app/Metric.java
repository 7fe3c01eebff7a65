package dev.writeback.app;

/**
 * What the running program tells Prometheus of its jobs. docs/metrics.md is made from it.
 *
 * <p>Names as Micrometer writes them; the base unit becomes their end, and a counter ends in {@code
 * _total}.
 */
enum Metric {
  RUNS(
      Kind.COUNTER,
      "writeback.runs",
      null,
      "Runs that have ended since the start, after their last attempt; by outcome."),
  RETRIES(
      Kind.COUNTER,
      "writeback.retries",
      null,
      "Attempts beyond a run's first, counted as they begin."),
  ROWS(Kind.COUNTER, "writeback.written", "rows", "Rows of the objects that have been written."),
  BYTES(Kind.COUNTER, "writeback.written", "bytes", "Bytes of the objects that have been written."),
  RUN_SECONDS(
      Kind.TIMER,
      "writeback.run",
      "seconds",
      "How long runs took, from the first attempt to the end of the last, as _count and _sum; and"
          + " _max, the longest of the last minutes."),
  RUNNING_SINCE(
      Kind.GAUGE,
      "writeback.running.since.timestamp",
      "seconds",
      "When the run that is under way began, as seconds since 1970; 0 where none is."),
  RUNNING_ROWS(
      Kind.GAUGE,
      "writeback.running",
      "rows",
      "Rows that the attempt under way has read from Domo so far."),
  RUNNING_BYTES(
      Kind.GAUGE,
      "writeback.running",
      "bytes",
      "Bytes that the attempt under way has read from Domo so far."),
  SESSION_LEFT(
      Kind.GAUGE,
      "writeback.session.left",
      "seconds",
      "How long the present keys of the upload's session live; they are renewed in time. No value"
          + " where there is no upload."),
  LAST_SUCCESS(
      Kind.GAUGE,
      "writeback.last.success.timestamp",
      "seconds",
      "When all that the job asks for was last in S3, as seconds since 1970, also before this start."
          + " No value where it never was."),
  LAST_SUCCESS_AGE(Kind.GAUGE, "writeback.last.success.age", "seconds", "How long ago that was."),
  LAST_ROWS(
      Kind.GAUGE,
      "writeback.last.success",
      "rows",
      "Rows of the object that was written then. No value where there was nothing to write."),
  LAST_BYTES(Kind.GAUGE, "writeback.last.success", "bytes", "Bytes of that object."),
  LAST_RUN_FAILED(
      Kind.GAUGE,
      "writeback.last.run.failed",
      null,
      "1 where the last run that has ended did not succeed, else 0."),
  STALE(
      Kind.GAUGE,
      "writeback.stale",
      null,
      "1 where the job states freshWithin and has no object so fresh, else 0."),
  OPEN_RUNS(
      Kind.GAUGE,
      "writeback.open.runs",
      null,
      "Runs that were begun, do not run now, and are finished first by the job's next run."),
  NEXT_RUN(
      Kind.GAUGE,
      "writeback.next.run.timestamp",
      "seconds",
      "When the clock fires the job next, as seconds since 1970. No value where it does not."),
  BUFFER_SIZE(
      Kind.PROGRAM_GAUGE, "writeback.buffer", "bytes", "The memory that all uploads share."),
  BUFFER_IN_USE(
      Kind.PROGRAM_GAUGE, "writeback.buffer.in.use", "bytes", "What runs have reserved of it."),
  WAITING_RUNS(
      Kind.PROGRAM_GAUGE,
      "writeback.buffer.waiting.runs",
      null,
      "Runs that wait for memory before they ask Domo.");

  /** What kind of a metric it is, and what it is told of. */
  enum Kind {
    COUNTER("counter"),
    TIMER("summary"),
    GAUGE("gauge"),
    /** Of the program, not of a job. */
    PROGRAM_GAUGE("gauge");

    private final String prometheus;

    Kind(String prometheus) {
      this.prometheus = prometheus;
    }

    /** What Prometheus calls it. */
    String prometheus() {
      return prometheus;
    }
  }

  private final Kind kind;
  private final String meter;
  private final String unit;
  private final String description;

  Metric(Kind kind, String meter, String unit, String description) {
    this.kind = kind;
    this.meter = meter;
    this.unit = unit;
    this.description = description;
  }

  Kind kind() {
    return kind;
  }

  /** The name in Micrometer. Two metrics of different units have names of their own. */
  String meter() {
    return kind == Kind.TIMER || unit == null ? meter : meter + "." + unit;
  }

  /** The name in Prometheus. */
  String prometheus() {
    String name = meter().replace('.', '_');
    return switch (kind) {
      case COUNTER -> name + "_total";
      case TIMER -> name + "_" + unit;
      case GAUGE, PROGRAM_GAUGE -> name;
    };
  }

  String description() {
    return description;
  }
}
