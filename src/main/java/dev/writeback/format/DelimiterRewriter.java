package dev.writeback.format;

import static dev.writeback.format.ByteSearch.differences;
import static dev.writeback.format.ByteSearch.eightOf;
import static dev.writeback.format.ByteSearch.matches;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Changes the delimiter of one CSV text from comma to another, on its bytes. All of it is copied as
 * it stands (text, quotes, line ends, a missing last line end) but for these:
 *
 * <ul>
 *   <li>each comma between two fields becomes the new delimiter;
 *   <li>an unquoted field that holds the new delimiter becomes quoted, its quotes doubled;
 *   <li>an unquoted field that does not fit the buffer becomes quoted, so that memory is bounded.
 * </ul>
 *
 * <p>Input that RFC 4180 does not allow loses no byte:
 *
 * <ul>
 *   <li>a quote inside an unquoted field is text, as for most readers;
 *   <li>text after a closing quote is mended: {@code "ab"c} becomes {@code "ab""c"}, whose value
 *       holds the stray quote;
 *   <li>a CR alone is text, and its field becomes quoted; at the text's end it is a line end;
 *   <li>a text that ends inside a quoted field is cut off, and an error.
 * </ul>
 *
 * <p>The buffer is scanned in place, eight bytes at a time, and most of it is written as it was
 * read: one byte is changed for another, so only an added quote needs a write of its own. An
 * instance is for one text and one thread.
 */
final class DelimiterRewriter {

  /** Longer unquoted fields become quoted. */
  static final int BUFFER_SIZE = 128 * 1024;

  private enum State {
    /** At the start of a field, or in one that did not start with a quote. */
    UNQUOTED,
    QUOTED,
    /** After a quote inside a quoted field: the field's end or the first half of a pair. */
    AFTER_QUOTE,
    /** In a field that was not well quoted, and that we write in quotes of our own. */
    REQUOTED
  }

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte COMMA = ',';
  private static final byte QUOTE = '"';
  private static final byte LF = '\n';
  private static final byte CR = '\r';

  private static final long COMMAS = eightOf(COMMA);
  private static final long QUOTES = eightOf(QUOTE);
  private static final long LFS = eightOf(LF);
  private static final long CRS = eightOf(CR);

  private final byte delimiter;
  private final long delimiters;
  private final long change;
  private final int capacity;
  private final byte[] buffer;

  private OutputStream out;
  private State state = State.UNQUOTED;
  private int limit;

  /** Whether a CR is in the buffer behind the limit, 1 for yes: an LF may follow it. */
  private int held;

  private int position;

  /** Everything before it has been written. */
  private int written;

  /** While {@link State#UNQUOTED}: where the field starts. Written only up to here. */
  private int fieldStart;

  DelimiterRewriter(Delimiter delimiter) {
    this(delimiter, BUFFER_SIZE);
  }

  DelimiterRewriter(Delimiter delimiter, int capacity) {
    if (delimiter.equals(Delimiter.COMMA)) {
      throw new IllegalArgumentException("delimiter is a comma: there is nothing to change.");
    }
    this.delimiter = (byte) delimiter.character();
    this.delimiters = eightOf(delimiter.character());
    this.change = COMMA ^ delimiter.character();
    this.capacity = capacity;
    // A word may be read, and what is beyond the limit ignored, at the last byte; and a CR held.
    this.buffer = new byte[capacity + Long.BYTES];
  }

  /** Reads the text to its end; closes neither stream. */
  void rewrite(InputStream in, OutputStream to) throws IOException {
    out = to;
    add(in.readNBytes(buffer, 0, Math.min(capacity, BYTE_ORDER_MARK.length)));
    if (Arrays.equals(buffer, 0, limit, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
      // The first field, which may be quoted, begins behind it.
      position = limit;
      fieldStart = limit;
    }
    scan();
    makeRoom();
    int read;
    while ((read = in.read(buffer, limit + held, capacity - limit)) >= 0) {
      add(read);
      scan();
      makeRoom();
    }
    finish();
  }

  private void add(int read) {
    int filled = limit + held + read;
    held = filled > 0 && buffer[filled - 1] == CR ? 1 : 0;
    limit = filled - held;
  }

  private void scan() throws IOException {
    while (position < limit) {
      switch (state) {
        case UNQUOTED -> scanUnquoted();
        case QUOTED -> scanQuoted();
        case AFTER_QUOTE -> judgeQuote();
        case REQUOTED -> scanRequoted();
      }
    }
  }

  private void scanUnquoted() throws IOException {
    int from = position;
    int at = from;
    while (at < limit) {
      at = changeCommas(at);
      if (at == limit) {
        break;
      }
      byte found = buffer[at];
      if (found == CR && endsField(at)) {
        at += 2;
        continue;
      }
      fieldStart = fieldStart(from, at);
      if (found != QUOTE) {
        requote();
        return;
      }
      at++;
      if (at - 1 == fieldStart) {
        at = endOfQuoted(at);
        if (at < 0) {
          return;
        }
        fieldStart = at;
      }
      from = at;
    }
    fieldStart = fieldStart(from, at);
    position = at;
  }

  /**
   * Changes the commas of unquoted text from here on, up to the first byte that needs a look (a
   * quote, the new delimiter, a CR), and gives where that is; the limit, if there is none.
   */
  private int changeCommas(int from) {
    int at = from;
    int lastWord = limit - Long.BYTES;
    while (at <= lastWord) {
      long word = ByteSearch.word(buffer, at);
      long lowSeven = ByteSearch.lowSeven(word);
      if (others(word, lowSeven) != 0) {
        break;
      }
      long commas = matches(word, differences(lowSeven, COMMAS));
      ByteSearch.store(buffer, at, word ^ ((commas >>> 7) * change));
      at += Long.BYTES;
    }
    if (at < limit) {
      long word = ByteSearch.word(buffer, at);
      long lowSeven = ByteSearch.lowSeven(word);
      int left = Math.min(ByteSearch.first(others(word, lowSeven)), limit - at);
      if (left > 0) {
        long commas = matches(word, differences(lowSeven, COMMAS)) & ByteSearch.firstBytes(left);
        ByteSearch.store(buffer, at, word ^ ((commas >>> 7) * change));
        at += left;
      }
    }
    return at;
  }

  private long others(long word, long lowSeven) {
    return matches(
        word,
        differences(lowSeven, QUOTES)
            & differences(lowSeven, delimiters)
            & differences(lowSeven, CRS));
  }

  /** Where the unquoted field that goes on here starts: after the last separator, if one is new. */
  private int fieldStart(int from, int here) {
    for (int at = here; at > from; at--) {
      if (buffer[at - 1] == delimiter || buffer[at - 1] == LF) {
        return at;
      }
    }
    return fieldStart;
  }

  private void scanQuoted() {
    int end = endOfQuoted(position);
    if (end >= 0) {
      position = end;
      fieldStart = end;
      state = State.UNQUOTED;
    }
  }

  /** Where, from here on, the quoted field ends well; else -1, with state and position set. */
  private int endOfQuoted(int from) {
    int at = from;
    while ((at = nextQuote(at)) < limit) {
      at++;
      if (at < limit && endsField(at)) {
        return at;
      }
      if (at < limit && buffer[at] == QUOTE) {
        at++;
        continue;
      }
      position = at;
      state = State.AFTER_QUOTE;
      return -1;
    }
    position = limit;
    state = State.QUOTED;
    return -1;
  }

  /** The limit, or beyond it, if there is none. */
  private int nextQuote(int from) {
    int at = from;
    while (at < limit) {
      long word = ByteSearch.word(buffer, at);
      long quotes = matches(word, differences(ByteSearch.lowSeven(word), QUOTES));
      if (quotes != 0) {
        return at + ByteSearch.first(quotes);
      }
      at += Long.BYTES;
    }
    return at;
  }

  private void judgeQuote() throws IOException {
    if (buffer[position] == QUOTE) {
      position++;
      state = State.QUOTED;
    } else if (endsField(position)) {
      fieldStart = position;
      state = State.UNQUOTED;
    } else {
      writeUpTo(position);
      out.write(QUOTE);
      state = State.REQUOTED;
    }
  }

  private void scanRequoted() throws IOException {
    while (position < limit) {
      if (endsField(position)) {
        writeUpTo(position);
        out.write(QUOTE);
        fieldStart = position;
        state = State.UNQUOTED;
        return;
      }
      position++;
      if (buffer[position - 1] == QUOTE) {
        writeUpTo(position);
        out.write(QUOTE);
      }
    }
  }

  /** Begins to write the field that starts at {@code fieldStart} in quotes. */
  private void requote() throws IOException {
    writeUpTo(fieldStart);
    out.write(QUOTE);
    position = fieldStart;
    state = State.REQUOTED;
  }

  /** Writes what is certain and moves the rest to the front where it would leave little room. */
  private void makeRoom() throws IOException {
    if (state == State.UNQUOTED && fieldStart == 0 && limit == capacity) {
      requote();
      scan();
    }
    writeUpTo(state == State.UNQUOTED ? fieldStart : limit);
    if (written == limit || limit > capacity / 2) {
      System.arraycopy(buffer, written, buffer, 0, limit + held - written);
      position -= written;
      fieldStart -= written;
      limit -= written;
      written = 0;
    }
  }

  private void finish() throws IOException {
    if (state == State.QUOTED) {
      throw new EOFException(
          "The CSV ends inside a quoted field: it has been cut off, or a quote is missing.");
    }
    writeUpTo(limit);
    if (state == State.REQUOTED) {
      out.write(QUOTE);
    }
    out.write(buffer, limit, held);
  }

  private void writeUpTo(int end) throws IOException {
    if (end > written) {
      out.write(buffer, written, end - written);
      written = end;
    }
  }

  private boolean endsField(int at) {
    byte next = buffer[at];
    return next == COMMA || next == LF || next == CR && buffer[at + 1] == LF;
  }
}
