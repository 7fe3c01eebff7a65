package dev.writeback.blackbox;

import dev.writeback.Spec;
import dev.writeback.run.Outcome;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A row of {@code spec/faults.yaml}, which says itself what its words mean.
 *
 * @param job the id of the job that meets it; no other fault's job has it
 */
record Fault(String job, Spec.Case row) {

  /** What a bucket holds after a run. */
  enum Bucket {
    NOTHING,
    WHOLE,
    SENT,
    OLD
  }

  private static final Set<String> PLACES = Set.of("amount", "bytes");

  private static final int SMALL = 3_000;

  /** A little more than two parts. */
  private static final int LARGE = 180_000;

  /**
   * @param pattern a regular expression for side and name, found anywhere in {@code AWS: 409}
   */
  static List<Fault> all(String pattern) {
    List<Fault> faults = new ArrayList<>();
    Spec.cases("faults").forEach(row -> faults.add(new Fault("rows-" + faults.size(), row)));
    Predicate<String> wanted = Pattern.compile(pattern).asPredicate();
    return faults.stream().filter(fault -> wanted.test(fault.toString())).toList();
  }

  String name() {
    return row.text("case");
  }

  /** What to tell the sandbox's Domo; see {@link #told}. */
  List<Map<String, Object>> domo(Optional<Random> random) {
    return told("domo", random);
  }

  /** What to tell the sandbox's S3; see {@link #told}. */
  List<Map<String, Object>> s3(Optional<Random> random) {
    return told("s3", random);
  }

  /**
   * @param random hits somewhere else than the row says, where it says between what; empty for as
   *     it says
   */
  private List<Map<String, Object>> told(String where, Optional<Random> random) {
    List<Map<String, Object>> told = new ArrayList<>();
    for (Map<String, Object> stated : row.<Map<String, Object>>list(where)) {
      Map<String, Object> fault = new LinkedHashMap<>(stated);
      if (fault.remove("between") instanceof List<?> range && random.isPresent()) {
        int somewhere = random.get().nextInt((Integer) range.get(0), (Integer) range.get(1));
        fault.replaceAll((name, value) -> PLACES.contains(name) ? somewhere : value);
      }
      told.add(fault);
    }
    return told;
  }

  Map<String, Object> sts() {
    return row.map("sts");
  }

  Map<String, Object> account() {
    return row.map("account");
  }

  /** The job's parameters, for a DataSet by its id or name. */
  Map<String, Object> parameters(String inputDataset) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("inputDataset", inputDataset);
    parameters.put("fileName", job + "_<current_date>");
    parameters.putAll(row.map("job"));
    return parameters;
  }

  /** The key of the object of a day. */
  String key(String day) {
    return job + "_" + day + (isJsonLines() ? ".jsonl" : ".csv");
  }

  /** Settings of application.properties that are others in the run with the fault. */
  Map<String, Object> settings() {
    return row.map("settings");
  }

  /** The command line of the run with the fault. */
  String[] command(String slot) {
    List<String> words = new ArrayList<>(List.of("run", job, "--at", slot));
    words.addAll(row.list("options"));
    return words.toArray(new String[0]);
  }

  /** Whether a failure is told to the person alone who looks on. */
  boolean isByHand() {
    return !row.list("options").contains("--retry");
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

  /** What the job's text is written in. */
  Charset charset() {
    return Charset.forName(row.map("job").getOrDefault("charset", "UTF-8").toString());
  }

  int exit() {
    return row.number("exit");
  }

  String outcome() {
    return Outcome.valueOf(row.text("outcome")).inWords();
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
    return row.text("side") + ": " + name();
  }
}
