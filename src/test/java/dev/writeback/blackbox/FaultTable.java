package dev.writeback.blackbox;

import dev.writeback.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables of {@code docs/faults.md}: one for each {@code side}, behind {@code <!-- SIDE -->},
 * with a line for each row of the tables in {@code spec/}. Of a row it shows
 *
 * <ul>
 *   <li>{@code case}: the fault
 *   <li>{@code exit} and {@code says}: how the program ends, and words that it says
 *   <li>{@code bucket}: what is there then; one of {@link Fault.Bucket}, or any other words
 *   <li>{@code next}: what the next run does; by default its own object, and with {@code finished}
 *       this one first
 *   <li>what the rounds came to
 * </ul>
 */
final class FaultTable {

  /** The tables in {@code spec/}, in the page's order. */
  static final List<String> TABLES = List.of("faults", "process-faults");

  private static final Path FILE = WorkFolder.PROJECT.resolve("docs/faults.md");

  private static final String HEAD =
      "| fault | exit | it says | there is then | the next run | rounds | wrong | partial | lost |"
          + " orphaned |\n|---|---|---|---|---|---|---|---|---|---|\n";

  private static final Pattern LINE =
      Pattern.compile(
          "\\| (.*?) \\| .* \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|");

  private static final Map<String, String> BUCKETS =
      Map.of(
          "nothing", "nothing",
          "whole", "the whole object",
          "sent", "what Domo sent, byte by byte",
          "old", "the object that was there before");

  private FaultTable() {}

  /** What the page says of the rounds, by the fault's {@code case}. */
  static Map<String, Tally> told() throws IOException {
    Map<String, String> cases =
        TABLES.stream()
            .flatMap(Spec::cases)
            .map(row -> row.text("case"))
            .collect(Collectors.toMap(FaultTable::cell, name -> name));
    Map<String, Tally> told = new HashMap<>();
    for (String line : Files.readAllLines(FILE)) {
      Matcher fields = LINE.matcher(line);
      if (fields.matches() && cases.containsKey(fields.group(1))) {
        told.put(cases.get(fields.group(1)), tally(fields));
      }
    }
    return told;
  }

  private static Tally tally(Matcher fields) {
    return new Tally(
        number(fields, 2),
        number(fields, 3),
        number(fields, 4),
        number(fields, 5),
        number(fields, 6));
  }

  private static int number(Matcher fields, int group) {
    return Integer.parseInt(fields.group(group));
  }

  /** Writes the page with what rounds came to; of faults that are not named it tells as before. */
  static void write(Map<String, Tally> found) throws IOException {
    Map<String, Tally> all = told();
    all.putAll(found);
    Files.writeString(FILE, page(all));
  }

  static String page() throws IOException {
    return Files.readString(FILE);
  }

  /** The page as it has to be where the rounds came to this. */
  static String page(Map<String, Tally> tallies) throws IOException {
    Map<String, StringBuilder> sides = new LinkedHashMap<>();
    TABLES.stream()
        .flatMap(Spec::cases)
        .forEach(
            row ->
                sides
                    .computeIfAbsent(row.text("side"), side -> new StringBuilder(HEAD))
                    .append(line(row, tallies.getOrDefault(row.text("case"), Tally.NONE))));
    String page = page();
    for (Map.Entry<String, StringBuilder> side : sides.entrySet()) {
      page = withTable(page, "<!-- " + side.getKey() + " -->\n", side.getValue().toString());
    }
    return page;
  }

  private static String withTable(String page, String mark, String table) {
    int begin = page.indexOf(mark);
    if (begin < 0) {
      throw new AssertionError("docs/faults.md has no " + mark);
    }
    int end = begin + mark.length();
    while (page.startsWith("|", end)) {
      end = page.indexOf('\n', end) + 1;
    }
    return page.substring(0, begin + mark.length()) + table + page.substring(end);
  }

  private static String line(Spec.Case row, Tally tally) {
    String bucket = row.text("bucket", "");
    return "| %s | %s | %s | %s | %s | %d | %d | %d | %d | %d |\n"
        .formatted(
            cell(row.text("case")),
            cell(row.text("exit", "")),
            row.<String>list("says").stream()
                .map(words -> "`" + cell(words) + "`")
                .collect(Collectors.joining(" ")),
            cell(BUCKETS.getOrDefault(bucket, bucket)),
            cell(row.text("next", row.flag("finished") ? "finishes this one first" : "its own")),
            tally.rounds(),
            tally.wrong(),
            tally.partial(),
            tally.lost(),
            tally.orphaned());
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
