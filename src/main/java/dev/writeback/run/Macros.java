package dev.writeback.run;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The macros that a name may hold.
 *
 * <ul>
 *   <li>{@code <current_date>} and {@code <current_date-N>}, N days ago, as {@code yyyy-MM-dd}:
 *       Domo's own
 *   <li>in a job file also {@code <current_date+N>}, in N days; each with a pattern of {@link
 *       DateTimeFormatter} in English, as in {@code <current_date-1:yyyyMMdd_HHmmss>}; and {@code
 *       <run_id>}
 * </ul>
 *
 * <p>Without spaces inside. "Current" is the run's slot in the job's zone, never the moment of the
 * evaluation.
 */
public final class Macros {

  /** The farthest day: 99,999 days away, so that no typing error leaves the calendar. */
  private static final Pattern DOMO = Pattern.compile("<current_date(-\\d{1,5})?>");

  private static final Pattern JOB =
      Pattern.compile("<current_date([+-]\\d{1,5})?(?::([^<>]+))?>|(<run_id>)");

  private static final int DAYS = 1;
  private static final int PATTERN = 2;
  private static final int RUN_ID = 3;

  private final ZonedDateTime now;
  private final String runId;

  public Macros(RunContext run) {
    this(run.getSlot(), run.getZone(), run.getId());
  }

  Macros(Instant slot, ZoneId zone, String runId) {
    this.now = slot.atZone(zone);
    this.runId = runId;
  }

  /** A text of a job file with its macros replaced. Any other {@code <...>} stays. */
  public String expand(String text) {
    return JOB.matcher(text)
        .replaceAll(
            macro ->
                Matcher.quoteReplacement(
                    macro.group(RUN_ID) == null
                        ? date(macro.group(DAYS), macro.group(PATTERN))
                        : runId));
  }

  /** A text of a job file with each macro replaced by the same text, whatever the run. */
  static String replaced(String text, String by) {
    return JOB.matcher(text).replaceAll(Matcher.quoteReplacement(by));
  }

  /** A DataSet's own name, in which Domo's two macros are replaced and all else is text. */
  public String expandDomosOwn(String text) {
    return DOMO.matcher(text).replaceAll(macro -> date(macro.group(DAYS), null));
  }

  private String date(String days, String pattern) {
    long away = days == null ? 0 : Long.parseLong(days);
    return pattern == null
        ? now.toLocalDate().plusDays(away).toString()
        : DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(now.plusDays(away));
  }

  /** Whether a text in angle brackets is a macro of a job file; its pattern may still be wrong. */
  static boolean isOne(String bracketed) {
    return JOB.matcher(bracketed).matches();
  }

  /** The pattern of a macro, or null. */
  static String patternOf(String macro) {
    Matcher matcher = JOB.matcher(macro);
    return matcher.matches() ? matcher.group(PATTERN) : null;
  }
}
