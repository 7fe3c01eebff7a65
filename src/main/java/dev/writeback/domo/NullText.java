package dev.writeback.domo;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the export of one DataSet writes for a null: {@code \N}, or nothing. Some records show it;
 * where those seen so far do not, it is found out once the first null is to be written: by a
 * question, or by reading the export on to the first record that shows it.
 *
 * <p>{@code \N} is shown where it stands without quotes. Nothing is shown by an empty field without
 * quotes that is no empty string: in a column of no texts, where other empty fields or all values
 * have quotes, or where Domo counts no empty string.
 */
final class NullText {

  private static final String NOTHING = "";
  static final String BACKSLASH_N = "\\N";
  private static final String STRING = "STRING";

  private final List<String> columns;
  private final Supplier<InputStream> export;
  private final Function<String, Answer<Long>> emptyStrings;
  private final BitSet bareEmpty = new BitSet();
  private boolean hasBackslashN;
  private boolean hasQuotedEmpty;
  private boolean hasQuoted;
  private boolean hasBare;
  private String found;

  /**
   * @param columns the names of the export's columns
   * @param export begins to read it once more
   * @param emptyStrings counts the empty strings of a column
   */
  NullText(
      List<String> columns,
      Supplier<InputStream> export,
      Function<String, Answer<Long>> emptyStrings) {
    this.columns = columns;
    this.export = export;
    this.emptyStrings = emptyStrings;
  }

  /** Takes one record of the export into account. */
  void see(CsvRecords record) {
    for (int field = 0; field < Math.min(record.fields(), columns.size()); field++) {
      String text = record.text(field);
      boolean quoted = record.isQuoted(field);
      hasQuoted |= quoted;
      hasQuotedEmpty |= quoted && text.isEmpty();
      hasBackslashN |= !quoted && text.equals(BACKSLASH_N);
      hasBare |= !quoted && !text.isEmpty() && !text.equals(BACKSLASH_N);
      if (!quoted && text.isEmpty()) {
        bareEmpty.set(field);
      }
    }
  }

  /** Whether all values have quotes, of those that were seen. */
  boolean allAreQuoted() {
    return hasQuoted && !hasBare;
  }

  /**
   * @param types the columns' types in Domo's words; may be fewer than there are columns
   */
  String text(List<String> types) throws IOException {
    if (found == null) {
      found = shown(types);
    }
    if (found == null && isNowhereEmpty()) {
      found = NOTHING;
    }
    if (found == null) {
      found = readOn(types);
    }
    return found;
  }

  /** Whether the empty string has quotes: where it has none, it would be taken for a null. */
  boolean quotesEmpty(List<String> types) throws IOException {
    return text(types).isEmpty() || hasQuotedEmpty;
  }

  private String shown(List<String> types) {
    if (hasBackslashN) {
      return BACKSLASH_N;
    }
    boolean quotesTellThemApart = hasQuotedEmpty || allAreQuoted();
    return !bareEmpty.isEmpty() && quotesTellThemApart
            || bareEmpty.stream().anyMatch(column -> isNoText(types, column))
        ? NOTHING
        : null;
  }

  private static boolean isNoText(List<String> types, int column) {
    return column < types.size()
        && !types.get(column).isEmpty()
        && !types.get(column).equals(STRING);
  }

  /** Whether Domo says that an empty field, of those that were seen, is no empty string. */
  private boolean isNowhereEmpty() {
    return bareEmpty.stream()
        .limit(1)
        .mapToObj(columns::get)
        .map(emptyStrings)
        .anyMatch(count -> count.value() != null && count.value() == 0);
  }

  private String readOn(List<String> types) throws IOException {
    try (InputStream whole = export.get()) {
      CsvRecords records = new CsvRecords(whole);
      boolean more = records.next() && records.next();
      while (more && shown(types) == null) {
        see(records);
        more = records.next();
      }
    }
    String shown = shown(types);
    return shown == null ? NOTHING : shown;
  }
}
