package dev.writeback.run;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Domo's date macros: {@code <current_date>} and {@code <current_date-N>}, N days ago, written as
 * {@code yyyy-MM-dd}, without spaces inside the brackets.
 *
 * <p>"Current" is the run's slot in the job's zone, never the moment of the evaluation.
 */
public final class Macros {

  /** The longest look back: 99,999 days, so that no typing error leaves the calendar. */
  private static final Pattern DATE = Pattern.compile("<current_date(?:-(\\d{1,5}))?>");

  private static final Pattern ANY = Pattern.compile("<[^<>]*>");

  private final LocalDate today;

  public Macros(Instant slot, ZoneId zone) {
    this.today = slot.atZone(zone).toLocalDate();
  }

  /** The text with the date macros replaced. Any other {@code <...>} is text and stays. */
  public String expand(String text) {
    Matcher matcher = DATE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (matcher.find()) {
      String days = matcher.group(1);
      LocalDate date = days == null ? today : today.minusDays(Long.parseLong(days));
      matcher.appendReplacement(expanded, date.toString());
    }
    return matcher.appendTail(expanded).toString();
  }

  /** The text with each macro replaced by the same text, whatever the run. */
  static String replaced(String text, String by) {
    return DATE.matcher(text).replaceAll(Matcher.quoteReplacement(by));
  }

  /** What stands in angle brackets in this text and is no macro. */
  public static List<String> unknown(String text) {
    List<String> unknown = new ArrayList<>();
    Matcher matcher = ANY.matcher(text);
    while (matcher.find()) {
      if (!DATE.matcher(matcher.group()).matches()) {
        unknown.add(matcher.group());
      }
    }
    return unknown;
  }
}
