package dev.writeback.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The text of {@code docs/performance.md}, made of what the bench has recorded. */
final class PerformancePage {

  private static final Path RESULTS = Path.of("bench/results.json");
  private static final Path PARTS = Path.of("bench/parts.json");

  static final String US = "us";
  static final int MOST_MEGABYTES = 256;

  private static final String HEAD =
      """
      # What a run costs

      <!-- Made of bench/results.json, which bench/run writes. After a new recording:
           mvn test -Dtest=PerformancePageTest -Dreadme.write -->

      The whole program, by its launcher (Camel, the AWS SDK, every row counted and proved), against the pipes that one would build instead, all
      against the same servers on the same machine: a Domo that sends a generated DataSet, and an S3 that throws the bytes away. domo-s3-writeback changes the
      delimiter in each case; the peers do not, but for the two in Python. CPU seconds are user and system time of the whole process tree. Memory is the peak of
      what is resident, of the whole tree. Each figure is the median of the runs, which were taken in turn, forwards and backwards: trust the
      ratios, ours to the peer's, more than the seconds. Below 1.00 we win. Two runs are one recording. Most runs are processes of their own, which start, write one
      object and end; "in the running program" they are what a schedule fires, from the second one on: the start is paid.
      """;

  private static final String REPEAT =
      """

      ## To repeat it

      ```sh
      mvn -q package -DskipTests
      bench/run --sizes 1MB,100MB,1GB --results bench/results.json   # adds to what is recorded; empty the list first
      bench/run --cores 1,2 --sizes 100MB --cases zstd               # on one core and on two
      bench/run --link 40,200 --sizes 100MB --cases zstd             # behind 40 ms and 200 Mbit/s
      bench/run --verify --sizes 10GB --cases none                   # streamed back and compared
      bench/run --running --sizes 1GB                                # in a program that runs already, as on a schedule
      bench/run --jobs 50 --sizes 1MB                                # 50 jobs in the same second, on one process
      bench/jmh/run --record                                         # the parts, each alone
      ```

      What has to be installed, and what the servers do, stands in [bench/README.md](../bench/README.md).
      """;

  private PerformancePage() {}

  static String text() throws IOException {
    ObjectMapper json = new ObjectMapper();
    return text(json.readTree(RESULTS.toFile()), json.readTree(PARTS.toFile()));
  }

  /**
   * @param results as the bench records them, one element a comparison
   * @param parts as {@code bench/jmh/run --record} has measured them
   */
  static String text(JsonNode results, JsonNode parts) {
    StringBuilder text = new StringBuilder(HEAD);
    machine(results, text);
    Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
    results.forEach(
        result -> {
          if (result.has("runs")) {
            groups.computeIfAbsent(conditions(result), none -> new ArrayList<>()).add(result);
          }
        });
    groups.replaceAll((conditions, compared) -> together(compared));
    groups.forEach((conditions, compared) -> comparison(conditions, compared, text));
    FurtherGigabytes.tell(groups.values(), text);
    MeasuredAlone.many(results, text);
    MeasuredAlone.streamedBack(results, text);
    PerformanceGoals.reached(groups, text);
    losses(groups.values(), text);
    MeasuredAlone.parts(parts, text);
    return text.append(REPEAT).toString();
  }

  private static void machine(JsonNode results, StringBuilder text) {
    Collection<String> machines = new LinkedHashSet<>();
    Collection<String> notes = new LinkedHashSet<>();
    results.forEach(
        result -> {
          result.get("machine").forEach(line -> machines.add(line.textValue()));
          String note = result.get("note").textValue();
          notes.add(result.get("day").textValue() + (note.isEmpty() ? "" : ": " + note));
        });
    text.append("\n## The machine\n\n");
    machines.forEach(line -> text.append("- ").append(line).append('\n'));
    notes.forEach(note -> text.append("- Recorded on ").append(note).append('\n'));
  }

  static String conditions(JsonNode result) {
    int cores = result.get("cores").intValue();
    String link = "";
    if (result.hasNonNull("link")) {
      String[] parts = result.get("link").textValue().split(",");
      link = ", behind %s ms and %s Mbit/s".formatted(parts[0], parts[1]);
    }
    return "Over %s, on %s%s%s"
        .formatted(
            result.get("scheme").textValue(),
            cores == 1 ? "one core" : cores + " cores",
            link,
            result.path("running").booleanValue() ? ", in the running program" : "");
  }

  /** One for each size and case, with the runs of all recordings of it. */
  private static List<JsonNode> together(List<JsonNode> compared) {
    Map<String, ObjectNode> merged = new LinkedHashMap<>();
    for (JsonNode result : compared) {
      String what = result.get("size").textValue() + ", " + result.get("case").textValue();
      ObjectNode known = merged.putIfAbsent(what, result.deepCopy());
      if (known != null) {
        ObjectNode runs = (ObjectNode) known.get("runs");
        result
            .get("runs")
            .properties()
            .forEach(
                entry ->
                    runs.withArray(entry.getKey()).addAll((ArrayNode) entry.getValue().deepCopy()));
      }
    }
    return List.copyOf(merged.values());
  }

  private static void comparison(String conditions, List<JsonNode> compared, StringBuilder text) {
    text.append("\n## ").append(conditions).append("\n\n");
    text.append(
        "| DataSet | compression | | runs | CPU s | wall s | MB of memory | MB written | CPU,"
            + " us/peer | wall, us/peer |\n");
    text.append("|---|---|---|---|---|---|---|---|---|---|\n");
    for (JsonNode result : compared) {
      result
          .get("runs")
          .properties()
          .forEach(entry -> text.append(row(result, entry.getKey(), entry.getValue())));
    }
    for (JsonNode result : compared) {
      if (result.hasNonNull("link")) {
        double megabits = Double.parseDouble(result.get("link").textValue().split(",")[1]);
        JsonNode runs = result.get("runs").get(US);
        double share = median(runs, "out") * 8 / 1e6 / median(runs, "span") / megabits;
        text.append(
            format(
                "%n%s, %s: %.0f %% of the link is used, from the first part sent to the object's"
                    + " end.%n",
                result.get("size").textValue(), result.get("case").textValue(), share * 100));
      }
    }
  }

  private static String row(JsonNode result, String name, JsonNode runs) {
    JsonNode ours = result.get("runs").get(US);
    boolean isPeer = !name.equals(US);
    return format(
        "| %s | %s | %s | %d | %.2f | %.2f | %.0f | %.1f | %s | %s |%n",
        result.get("size").textValue(),
        result.get("case").textValue(),
        isPeer ? name : "domo-s3-writeback",
        runs.size(),
        median(runs, "cpu"),
        median(runs, "wall"),
        median(runs, "rss") / 1e6,
        median(runs, "out") / 1e6,
        isPeer ? ratio(ours, runs, "cpu") : "",
        isPeer ? ratio(ours, runs, "wall") : "");
  }

  private static void losses(Collection<List<JsonNode>> groups, StringBuilder text) {
    text.append("\n## Where we lose, and why\n\n");
    groups.forEach(compared -> compared.forEach(result -> losses(result, text)));
    text.append(
        """

        Java, Camel and the AWS SDK have to start, the jobs are checked and the ledger is opened: a cost that a small DataSet feels, which a peer without Java has
        not, and which a program that runs on its schedules pays once. Each run also counts the records, changes the delimiter and asks Domo whether they are all.

        ## What was tried

        By a sampling profiler and with the same job again and again, on two cores, over https; CPU seconds, the first figure without.

        - Thresholds of their own for the JDK's ciphers, which have their quick form only from the second compiler and are called once a record of TLS: 1 GB 16.2 and 12.3. Kept,
          but for the four methods alone through which the ciphers are called, and a hundredth as high: 100 MB 5.3 and 4.3, 1 GB 8.8 and 7.1 together with the next. Kept.
        - The delimiter rewritten in words that need no look, and the start of a field looked up only where it matters: 8 MB of CSV 13.3 ms and 5.6, by JMH. Kept.
        - No counting of branches and types by the first compiler for the second: 1 MB 5.5 and 4.4, 1 GB 12.3 and 10.2, since our loops are plain enough without. Kept.
        - The archive of classes made from a run over https, and the model of one command in place of all twenty: `--version` 1.3 and 1.1, a run 0.3 less. Kept.
        - The uploads' settings and steps as a bean of their own, so that Camel looks at no S3 client's methods, and no proxy of it: 1 MB 3.6 and 3.4. Kept.
        - No Flyway where the ledger's tables are the newest: 1 MB 4.2 and 4.0. Kept.
        - The archive of classes made from a run, with the sandbox in a process of its own: 89 MB and 72, a process 190 MB and 173. Kept.
        - The buffers of the upload kept for the next run, where the heap does not want them: the running program after three runs of 1 GB 311 MB and 266, and no full collection. Kept.
        - Two more blocks that wait while the oldest is awaited: 1 GB zstd 8.0 s and 7.6 of wall time, 500 MB gzip balanced 14.6 and 13.6. Kept, for zstd one of them.
        - The checksum of each part told ahead of it, so that the SDK sends the part as it is and not in chunks that it copies: a quarter of the collections, zstd in the running program
          295 MB and 263, 1 GB a twentieth less. Kept.
        - A smaller heap for the running program (96, 104 and 112 MB): 15 to 30 MB less, and a full collection with each run. Not kept.
        - The archive of classes mapped where it was made for (`ArchiveRelocationMode=0`): as much memory, and no less CPU. Not kept.
        - Strings joined without `invokedynamic`, and no generated accessors for reflection: no difference beyond the noise. Not kept.
        - A static archive in place of a dynamic one: the same for a run, and 17 seconds more for each build. Not kept.
        - The cache of Java 25 (JEP 514, 515) in place of the archive: `demo --https` 3.7 s and 3.5 of wall time, and no less CPU; it needs a Java that few have. Not kept.
        - The first compiler alone: 1 MB 3.4, but 1 GB 58, for want of the ciphers' quick form and of unrolled loops. Not kept.
        - The second compiler for the loops and ciphers alone: over http 1 MB 3.9 and 3.7, 1 GB 10.8 and 10.4; for what is called a million times alone: 9.9 and 10.4. Within the noise, not kept.
        - Less inlining by the first compiler, and its thresholds four times as high: 1 MB 3.2 each. Not kept.
        - One jar in place of more than two hundred: no difference beyond the noise. Not kept.
        - Counting records without a branch on whether a word holds a quote or a line end: 2.0 and 1.3 GB a second; two words at a time for the delimiter: 5.6 ms and 6.6; by JMH. Not kept.
        - Later thresholds for all (2.5, 5 and 10 times), a larger young generation (24 and 32 MB), fewer arenas of malloc, a trust store without a password: no difference beyond
          the noise. Not kept.

        ## What is left

        Of 1 MB in a process of its own (3.1 CPU s where this was looked at): the main thread 1.6, the first compiler 0.8, the second 0.35, collections 0.1, the threads of the run 0.15.
        Of the main thread: Camel's start with the job's route 0.65, the check of all files in a context of their own 0.4, the command line and the opening of the jars 0.2, the run itself
        0.2, the log 0.07; of Camel's start, the S3 client 0.1, the HTTP client with its trust store 0.1, the ledger's database 0.08. No single one but the check is worth a tenth of the
        whole, and the check is what tells all mistakes at once, before anything runs. The goal of 1.5 s would take a Java that keeps compiled code from one process to the next.

        Of 1 GB without compression in a process of its own (9.0 CPU s): the bytes themselves 4.7, the main thread until they flow 1.9, the compilers 2.1, collections 0.3. Of the bytes: reading
        and writing in the kernel 1.1, TLS 0.7, the delimiter 0.5, counting the records 0.5, copies 0.4. What is not the bytes is why the single process does not reach what the running
        program reaches.

        Of the running program's memory: the heap 128 MB, all of which comes into use, the classes of the two archives 80, compiled code 14, classes that are not in the archive 18, the JVM itself
        and its libraries 20, native memory 25 to 40.
        """);
  }

  private static void losses(JsonNode result, StringBuilder text) {
    JsonNode ours = result.get("runs").get(US);
    double megabytes = median(ours, "rss") / 1e6;
    if (megabytes > MOST_MEGABYTES) {
      text.append(
          format(
              "- %s, %s, %s: %.0f MB of memory, where %d are the goal.%n",
              result.get("size").textValue(),
              result.get("case").textValue(),
              conditions(result).toLowerCase(Locale.ROOT),
              megabytes,
              MOST_MEGABYTES));
    }
    result
        .get("runs")
        .properties()
        .forEach(
            entry -> {
              double cpu = median(ours, "cpu") / median(entry.getValue(), "cpu");
              if (!entry.getKey().equals(US) && cpu > 1) {
                text.append(
                    format(
                        "- %s, %s, %s: %.2f times the CPU of %s.%n",
                        result.get("size").textValue(),
                        result.get("case").textValue(),
                        conditions(result).toLowerCase(Locale.ROOT),
                        cpu,
                        entry.getKey()));
              }
            });
  }

  private static String ratio(JsonNode ours, JsonNode theirs, String figure) {
    return format("%.2f", median(ours, figure) / median(theirs, figure));
  }

  static double median(JsonNode runs, String figure) {
    double[] sorted =
        StreamSupport.stream(runs.spliterator(), false)
            .mapToDouble(run -> run.get(figure).doubleValue())
            .sorted()
            .toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
  }
}
