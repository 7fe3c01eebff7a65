package dev.writeback.blackbox;

import dev.writeback.Spec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A row of {@code spec/faults.yaml}, which says itself what its words mean. */
record Fault(Spec.Case row) {

  /** What a bucket holds after a run. */
  enum Bucket {
    NOTHING,
    WHOLE,
    SENT,
    OLD
  }

  private static final int SMALL = 3_000;

  /** A little more than two parts. */
  private static final int LARGE = 180_000;

  static Stream<Fault> all() {
    return Spec.cases("faults").map(Fault::new);
  }

  String name() {
    return row.text("case");
  }

  String side() {
    return row.text("side");
  }

  List<Map<String, Object>> domo() {
    return row.list("domo");
  }

  List<Map<String, Object>> s3() {
    return row.list("s3");
  }

  Map<String, Object> sts() {
    return row.map("sts");
  }

  Map<String, Object> account() {
    return row.map("account");
  }

  /** The job's parameters, for a DataSet by its id or name. */
  Map<String, Object> job(String dataSet) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("inputDataset", dataSet);
    job.put("fileName", "rows_<current_date>");
    job.putAll(row.map("job"));
    return job;
  }

  /** Settings of application.properties that are others in the run with the fault. */
  Map<String, Object> settings() {
    return row.map("settings");
  }

  /** Further words of the command line. */
  List<String> options() {
    return row.list("options");
  }

  /** One that the sandbox makes of its number of rows. */
  String dataSet() {
    return generated(rows());
  }

  static String generated(int rows) {
    return "00000000-0000-4000-8000-%012d".formatted(rows);
  }

  int rows() {
    return row.flag("large") ? LARGE : SMALL;
  }

  /** Whether the job knows its DataSet by its name alone. */
  boolean isListed() {
    return row.flag("listed");
  }

  boolean isObjectThereBefore() {
    return row.flag("old");
  }

  /** Whether the rows become JSON, which no export is. */
  boolean isJsonLines() {
    return "jsonl".equals(row.map("job").get("format"));
  }

  int exit() {
    return row.number("exit");
  }

  String outcome() {
    return row.text("outcome");
  }

  List<String> says() {
    return row.list("says");
  }

  Bucket bucket() {
    return Bucket.valueOf(row.text("bucket").toUpperCase(Locale.ROOT));
  }

  int openUploads() {
    return row.has("uploads") ? row.number("uploads") : 0;
  }

  /** Whether the next run finishes what this one has left, under its own name. */
  boolean isFinished() {
    return row.flag("finished");
  }

  @Override
  public String toString() {
    return side() + ": " + name();
  }
}
