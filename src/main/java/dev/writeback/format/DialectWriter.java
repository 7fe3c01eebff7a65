package dev.writeback.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes fields as the bytes of a dialect. A value that would be read as another is refused, never
 * changed. For one text and one thread; {@link #flush} must be called at the end.
 */
final class DialectWriter {

  private static final int BUFFER_SIZE = 64 * 1024;

  private final Dialect dialect;
  private final OutputStream out;
  private final byte[] nullText;
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int length;

  /** Whether a byte of an unquoted field would end it, or be taken for something else. */
  private final boolean[] needsQuotes = new boolean[256];

  /** Whether the prefix goes before a byte: in quotes, or without where there is no quote. */
  private final boolean[] needsPrefix = new boolean[256];

  private final boolean hasPrefix;
  private final byte prefix;

  /**
   * @param out takes UTF-8
   */
  DialectWriter(Dialect dialect, OutputStream out) {
    this.dialect = dialect;
    this.out = out;
    this.nullText = dialect.nullText().getBytes(StandardCharsets.UTF_8);
    this.hasPrefix = dialect.hasEscape() || dialect.hasQuote();
    this.prefix = (byte) (dialect.hasEscape() ? dialect.escape() : dialect.quote());
    for (int special :
        new int[] {
          dialect.delimiter().character(), '\r', '\n', dialect.quote(), dialect.escape()
        }) {
      if (special != Characters.NONE) {
        needsQuotes[special] = true;
        needsPrefix[special] =
            !dialect.hasQuote() || special == dialect.quote() || special == dialect.escape();
      }
    }
  }

  void delimiter() throws IOException {
    write((byte) dialect.delimiter().character());
  }

  /** What a null becomes. */
  void nothing() throws IOException {
    write(nullText, 0, nullText.length);
  }

  /** A line end of Domo's, or the dialect's own. */
  void endRecord(CsvFields.End end) throws IOException {
    String characters =
        dialect.lineEnd() == LineEnd.AS_DOMO ? end.characters() : dialect.lineEnd().characters();
    for (int i = 0; i < characters.length(); i++) {
      write((byte) characters.charAt(i));
    }
  }

  /** The value of a field, all its pieces. */
  void value(CsvFields field) throws IOException {
    boolean plain = !field.hasMore() && isPlain(field);
    boolean readAsNull = isReadAsNull(field);
    boolean quoted = dialect.hasQuote() && (!plain || readAsNull || isQuotedAnyway(field));
    if (readAsNull && !quoted) {
      throw UnwritableValueException.nullText(field.place());
    }
    if (quoted) {
      write((byte) dialect.quote());
    }
    if (plain) {
      write(field.bytes(), field.start(), field.end());
    } else {
      pieces(field);
    }
    if (quoted) {
      write((byte) dialect.quote());
    }
  }

  private boolean isQuotedAnyway(CsvFields field) {
    return switch (dialect.quoteMode()) {
      case ALL -> true;
      case AS_DOMO -> field.isQuoted();
      case MINIMAL -> false;
    };
  }

  private boolean isPlain(CsvFields field) {
    byte[] bytes = field.bytes();
    int end = field.end();
    for (int i = field.start(); i < end; i++) {
      if (needsQuotes[bytes[i] & 0xFF]) {
        return false;
      }
    }
    return true;
  }

  /** An escaped text differs from the one that stands for null; so does a name without quotes. */
  private boolean isReadAsNull(CsvFields field) {
    boolean isName = field.isHeader() && (nullText.length == 0 || !dialect.hasQuote());
    if (isName
        || dialect.nullIn() == NullIn.NONE
        || field.end() - field.start() != nullText.length
        || field.hasMore()) {
      return false;
    }
    byte[] bytes = field.bytes();
    for (int i = 0; i < nullText.length; i++) {
      byte next = bytes[field.start() + i];
      if (next != nullText[i] || needsPrefix[next & 0xFF]) {
        return false;
      }
    }
    return true;
  }

  private void pieces(CsvFields field) throws IOException {
    piece(field);
    while (field.hasMore()) {
      field.nextPiece();
      piece(field);
    }
  }

  private void piece(CsvFields field) throws IOException {
    byte[] bytes = field.bytes();
    int from = field.start();
    for (int i = from; i < field.end(); i++) {
      if (needsPrefix[bytes[i] & 0xFF]) {
        if (!hasPrefix) {
          throw UnwritableValueException.separator(field.place());
        }
        write(bytes, from, i);
        write(prefix);
        from = i;
      }
    }
    write(bytes, from, field.end());
  }

  private void write(byte one) throws IOException {
    if (length == BUFFER_SIZE) {
      flush();
    }
    buffer[length++] = one;
  }

  private void write(byte[] bytes, int from, int to) throws IOException {
    int count = to - from;
    if (count > BUFFER_SIZE - length) {
      flush();
      if (count > BUFFER_SIZE) {
        out.write(bytes, from, count);
        return;
      }
    }
    System.arraycopy(bytes, from, buffer, length, count);
    length += count;
  }

  void flush() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }
}
