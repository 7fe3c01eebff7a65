package dev.writeback.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with the macros of a job file's text, before any run. */
final class MacroCheck {

  /** A moment and a zone like any other; what a pattern makes of them stands for all. */
  static final Macros SAMPLE =
      new Macros(
          Instant.parse("2026-11-22T10:15:30Z"),
          ZoneId.of("America/Denver"),
          "11111111-2222-4333-8444-555555555555");

  private static final Pattern BRACKETED = Pattern.compile("<[^<>]*>");

  private static final Pattern MEANT_DATE =
      Pattern.compile("<current_?dates?_?(?:([+-]?)(\\d{1,5}))?(?:_?days?)?(:.*)?>");

  /** The days of a date whose word has a slip. */
  private static final Pattern REST = Pattern.compile("([+-]\\d{1,5})>?$");

  private static final List<String> WORDS = List.of("current_date", "run_id");

  private static final String KNOWN =
      "known are <current_date>, <current_date-1>, <current_date+1>, each also with a pattern as in"
          + " <current_date:yyyyMMdd>, and <run_id>, without spaces inside";

  private MacroCheck() {}

  /** One clause for each macro that is none or cannot be evaluated; empty where all is well. */
  static List<String> problems(String text) {
    List<String> problems = new ArrayList<>();
    Matcher matcher = BRACKETED.matcher(text);
    while (matcher.find()) {
      String macro = matcher.group();
      if (Macros.isOne(macro)) {
        wrongPattern(macro).ifPresent(problems::add);
      } else {
        problems.add(
            "unknown macro - '"
                + macro
                + "' - "
                + meant(macro).map(right -> "did you mean '" + right + "'?").orElse(KNOWN));
      }
    }
    return problems;
  }

  /** Whether a macro of a text without {@link #problems} becomes a text with a slash in it. */
  static boolean makesFolders(String text) {
    return BRACKETED
        .matcher(text)
        .results()
        .anyMatch(macro -> SAMPLE.expand(macro.group()).contains("/"));
  }

  private static Optional<String> wrongPattern(String macro) {
    String pattern = Macros.patternOf(macro);
    if (pattern == null) {
      return Optional.empty();
    }
    try {
      SAMPLE.expand(macro);
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.of(
          "no pattern of a date - '"
              + macro
              + "' - "
              + e.getMessage()
              + "; one like <current_date:yyyyMMdd>");
    }
    return slip(pattern.replaceAll("'[^']*'", ""))
        .map(slip -> "a slip in the pattern - '" + macro + "' - " + slip);
  }

  /** Letters that Java takes in silence for something that no file name means. */
  private static Optional<String> slip(String letters) {
    if (letters.contains("Y") && !letters.contains("w")) {
      return Optional.of("Y is the year of a week, other than yyyy at the turn of the year");
    }
    if (letters.contains("m") && !letters.matches(".*[HhKk].*")) {
      return Optional.of("mm are the minutes, months are MM");
    }
    if (letters.contains("D") && letters.contains("M")) {
      return Optional.of("DD is the day of the year, days of the month are dd");
    }
    return Optional.empty();
  }

  private static Optional<String> meant(String unknown) {
    int colon = unknown.indexOf(':');
    String name = colon < 0 ? unknown : unknown.substring(0, colon);
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[\\s-]+(?=\\D)|\\s+", "");
    Matcher date = MEANT_DATE.matcher(colon < 0 ? plain : plain + unknown.substring(colon));
    if (date.matches()) {
      String sign = date.group(1) == null || !date.group(1).isEmpty() ? date.group(1) : "-";
      String days = date.group(2) == null ? "" : sign + date.group(2);
      return Optional.of(
          "<current_date" + days + (date.group(3) == null ? "" : date.group(3)) + ">");
    }
    Matcher rest = REST.matcher(plain);
    String behind = rest.find() && colon < 0 ? rest.group(1) : "";
    return NearestWord.to(rest.replaceAll("").replaceAll("[<>]", ""), WORDS)
        .map(word -> "<" + word + (word.equals(WORDS.get(0)) ? behind : "") + ">");
  }
}
