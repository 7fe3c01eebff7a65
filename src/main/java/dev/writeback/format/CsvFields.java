package dev.writeback.format;

import static dev.writeback.format.ByteSearch.differences;
import static dev.writeback.format.ByteSearch.eightOf;
import static dev.writeback.format.ByteSearch.matches;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * Reads the fields of one CSV text (comma, double quote) as bytes, in constant memory. A field's
 * value comes without its quotes, in one piece; where it does not fit the buffer, in several.
 *
 * <p>A byte order mark is left out. Input that RFC 4180 does not allow loses no byte:
 *
 * <ul>
 *   <li>a quote inside an unquoted field is text, as for most readers;
 *   <li>text after a closing quote belongs to the value, and so does that quote;
 *   <li>a CR alone is text, which Domo's row count bears out; at the text's end it is a line end;
 *   <li>a text that ends inside a quoted field is cut off, and an error.
 * </ul>
 *
 * <p>An instance is for one text and one thread.
 */
final class CsvFields {

  /** Longer fields come in several pieces. */
  static final int BUFFER_SIZE = 128 * 1024;

  /** What comes behind a field. */
  enum End {
    FIELD(""),
    LF("\n"),
    CRLF("\r\n"),
    /** A CR at the end of the text. */
    CR("\r"),
    /** The end of a text whose last record has no line end. */
    TEXT("");

    private final String characters;

    End(String characters) {
      this.characters = characters;
    }

    /** The line end itself. */
    String characters() {
      return characters;
    }
  }

  private enum State {
    UNQUOTED,
    QUOTED,
    /** After a quote inside a quoted field: the field's end or the first half of a pair. */
    AFTER_QUOTE,
    /** After a CR, which an LF may follow. */
    AFTER_CR,
    /** The same, where a quote came before it. */
    AFTER_QUOTE_AND_CR
  }

  private static final byte COMMA = ',';
  private static final byte QUOTE = '"';
  private static final byte LF = '\n';
  private static final byte CR = '\r';
  private static final long COMMAS = eightOf(COMMA);
  private static final long QUOTES = eightOf(QUOTE);
  private static final long LFS = eightOf(LF);
  private static final long CRS = eightOf(CR);
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final byte[] buffer;
  private final int capacity;

  /** The piece of the value, in the buffer. */
  private int start;

  private int end;

  /** What is read but not yet looked at. */
  private int position;

  private int limit;
  private boolean begun;
  private boolean exhausted;

  private State state = State.UNQUOTED;
  private boolean quoted;
  private boolean more;
  private End ended = End.LF;
  private long record;
  private int field;

  CsvFields(InputStream in) {
    this(in, BUFFER_SIZE);
  }

  /**
   * @param capacity of the buffer, 5 or more
   */
  CsvFields(InputStream in, int capacity) {
    this.in = in;
    this.capacity = capacity;
    // A word may be read, and what is beyond the limit ignored, at the last byte.
    this.buffer = new byte[capacity + Long.BYTES - 1];
  }

  /** Goes to the next field, to its first piece; false at the text's end. */
  boolean next() throws IOException {
    begin();
    while (more) {
      nextPiece();
    }
    if (ended == End.TEXT) {
      return false;
    }
    start = position;
    end = position;
    quoted = false;
    if (position == limit && !fill() && ended != End.FIELD) {
      ended = End.TEXT;
      return false;
    }
    field = ended == End.FIELD ? field + 1 : 1;
    record = ended == End.FIELD ? record : record + 1;
    state = State.UNQUOTED;
    if (position < limit && buffer[position] == QUOTE) {
      position++;
      start = position;
      end = position;
      quoted = true;
      state = State.QUOTED;
    }
    scan();
    return true;
  }

  /** Whether the value goes on behind this piece. */
  boolean hasMore() {
    return more;
  }

  /** Goes to the value's next piece, which may be empty. */
  void nextPiece() throws IOException {
    start = 0;
    end = 0;
    position = 2;
    limit = 2;
    scan();
  }

  /** Holds the piece, from {@link #start} to {@link #end}; to be read only, until the next move. */
  byte[] bytes() {
    return buffer;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Whether the field began with a quote. */
  boolean isQuoted() {
    return quoted;
  }

  /** What comes behind the field; known with its last piece. */
  End ended() {
    return ended;
  }

  /** Whether this is the record's last field; known with its last piece. */
  boolean isLast() {
    return ended != End.FIELD;
  }

  /** Whether the field is all of a record, and is nothing: an empty line. */
  boolean isEmptyLine() {
    return field == 1 && !quoted && start == end && !more && isLast();
  }

  boolean isHeader() {
    return record == 1;
  }

  /** Which field of its record it is, from 1. */
  int field() {
    return field;
  }

  Place place() {
    return new Place(record, field);
  }

  Place row() {
    return new Place(record, 0);
  }

  /** Goes to the end of the record that is next. */
  void skipRecord() throws IOException {
    while (next()) {
      while (more) {
        nextPiece();
      }
      if (isLast()) {
        return;
      }
    }
  }

  /** All that has not been looked at, as it stands but for a byte order mark. */
  InputStream rest() throws IOException {
    begin();
    return new SequenceInputStream(
        new ByteArrayInputStream(buffer, position, limit - position), in);
  }

  private void begin() throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    limit = in.readNBytes(buffer, 0, BYTE_ORDER_MARK.length);
    if (limit == BYTE_ORDER_MARK.length
        && Arrays.equals(buffer, 0, limit, BYTE_ORDER_MARK, 0, limit)) {
      position = limit;
    }
  }

  /** Reads on to the end of the field, or of the buffer. */
  private void scan() throws IOException {
    more = false;
    while (true) {
      if (position == limit && !fill()) {
        more = !exhausted;
        if (exhausted) {
          endOfText();
        }
        return;
      }
      switch (state) {
        case UNQUOTED -> {
          take(separator());
          if (position < limit && endsField(buffer[position])) {
            return;
          }
        }
        case QUOTED -> {
          take(quote());
          if (position < limit) {
            position++;
            state = State.AFTER_QUOTE;
          }
        }
        case AFTER_QUOTE -> {
          if (buffer[position] == QUOTE) {
            buffer[end++] = QUOTE;
            position++;
            state = State.QUOTED;
          } else if (endsField(buffer[position])) {
            return;
          } else if (state == State.AFTER_CR) {
            state = State.AFTER_QUOTE_AND_CR;
          } else {
            buffer[end++] = QUOTE;
            state = State.UNQUOTED;
          }
        }
        case AFTER_CR, AFTER_QUOTE_AND_CR -> {
          if (buffer[position] == LF) {
            position++;
            ended = End.CRLF;
            return;
          }
          if (state == State.AFTER_QUOTE_AND_CR) {
            buffer[end++] = QUOTE;
          }
          buffer[end++] = CR;
          state = State.UNQUOTED;
        }
      }
    }
  }

  /** Goes behind a separator; not yet the field's end where that is a CR. */
  private boolean endsField(byte next) {
    switch (next) {
      case COMMA -> ended = End.FIELD;
      case LF -> ended = End.LF;
      case CR -> state = State.AFTER_CR;
      default -> {
        return false;
      }
    }
    position++;
    return next != CR;
  }

  private void endOfText() throws EOFException {
    if (state == State.QUOTED) {
      throw new EOFException(
          "The CSV ends inside a quoted field: it has been cut off, or a quote is missing.");
    }
    boolean isReturn = state == State.AFTER_CR || state == State.AFTER_QUOTE_AND_CR;
    ended = isReturn ? End.CR : End.TEXT;
  }

  /** Adds what comes before this index to the value. */
  private void take(int to) {
    int length = to - position;
    if (end != position && length > 0) {
      System.arraycopy(buffer, position, buffer, end, length);
    }
    end += length;
    position = to;
  }

  private int separator() {
    int at = position;
    while (at < limit) {
      long word = ByteSearch.word(buffer, at);
      long lowSeven = ByteSearch.lowSeven(word);
      long found =
          matches(
              word,
              differences(lowSeven, COMMAS)
                  & differences(lowSeven, LFS)
                  & differences(lowSeven, CRS));
      at += ByteSearch.first(found);
      if (found != 0) {
        break;
      }
    }
    return Math.min(at, limit);
  }

  private int quote() {
    int at = position;
    while (at < limit) {
      long word = ByteSearch.word(buffer, at);
      long found = matches(word, differences(ByteSearch.lowSeven(word), QUOTES));
      at += ByteSearch.first(found);
      if (found != 0) {
        break;
      }
    }
    return Math.min(at, limit);
  }

  /**
   * Reads on behind what is kept of the value; false where the text has ended, or where the value
   * fills the buffer.
   */
  private boolean fill() throws IOException {
    int kept = end - start;
    System.arraycopy(buffer, start, buffer, 0, kept);
    start = 0;
    end = kept;
    // Two bytes are left free for a quote and a CR that turn out to be text.
    position = kept + 2;
    limit = position;
    if (position >= capacity) {
      return false;
    }
    int read;
    do {
      read = in.read(buffer, limit, capacity - limit);
    } while (read == 0);
    exhausted = read < 0;
    limit += Math.max(read, 0);
    return !exhausted;
  }
}
