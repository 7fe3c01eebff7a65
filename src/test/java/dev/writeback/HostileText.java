package dev.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A row of {@code spec/hostile-data.yaml}, which says itself what its words mean. */
public record HostileText(Spec.Case row) {

  /** Written down from the Unicode Character Database, and not asked of the program. */
  private static final Pattern NOT_PLAIN =
      Pattern.compile(
          "[\\x00-\\x1F\\x7F-\\x9F\\u2028\\u2029"
              + "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069"
              + "\\uFFFE\\uFFFF\\p{Cs}]");

  public static Stream<HostileText> all() {
    return Spec.cases("hostile-data").map(HostileText::new);
  }

  /** That a text stays in its line, and turns nothing. */
  public static void assertPlain(String text) {
    assertThat(text).doesNotContainPattern(NOT_PLAIN);
  }

  public String text() {
    return row.text("text");
  }

  /** What the object of a DataSet of this name is called, without an ending. */
  public String key() {
    return row.text("key", text());
  }

  /** What the entry of an archive is called then. */
  public String entry() {
    return row.text("entry", key());
  }

  /**
   * How a line shows the text, or the key that has come of it: what a key cannot have is not there
   * to be shown.
   */
  public String shown(String what) {
    return what.equals(text()) ? row.text("shown", what) : what;
  }

  @Override
  public String toString() {
    return row.text("case");
  }
}
