package dev.writeback.domo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Counts the records of a comma-separated export (RFC 4180, UTF-8, LF or CRLF) as its bytes pass.
 *
 * <p>The first record is the header and not counted. A quote opens a quoted field only where a
 * field begins; anywhere else it is text. An empty line is a record of a one-column DataSet (its
 * null), and nothing where there are more columns. A last line without a line end counts.
 *
 * <p>Not safe for use by several threads at once.
 */
final class RecordCounter {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long LINE_FEEDS = '\n' * ONES;
  private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

  private long records;
  private long bytes;
  private boolean inHeader = true;
  private int columns = 1;
  private boolean quoted;

  /** What the bytes before the next ones left behind: a line feed is where a body begins. */
  private byte last = '\n';

  private boolean lastClosedQuotes;

  /** Bytes of the open record so far. Only 0, 1 and more are told apart. */
  private int openLength;

  /** Takes the next bytes of the body, however it is cut. */
  void accept(byte[] buffer, int offset, int length) {
    if (length == 0) {
      return;
    }
    int end = offset + length;
    int from = inHeader ? header(buffer, offset, end) : offset;
    if (from < end) {
      body(buffer, from, end);
    }
    bytes += length;
  }

  private int header(byte[] buffer, int offset, int end) {
    for (int i = offset; i < end; i++) {
      byte b = buffer[i];
      long position = bytes + i - offset;
      if (position < BYTE_ORDER_MARK.length && (b & 0xFF) == BYTE_ORDER_MARK[(int) position]) {
        continue;
      }
      boolean closes = false;
      if (b == '"') {
        closes = quoted;
        quoted = !quoted && (lastClosedQuotes || beginsField(last));
      } else if (!quoted && b == ',') {
        columns++;
      } else if (!quoted && b == '\n') {
        inHeader = false;
        remember(b, false, 0);
        return i + 1;
      }
      remember(b, closes, 1);
    }
    return end;
  }

  private void body(byte[] buffer, int offset, int end) {
    boolean inQuotes = quoted;
    int closedAt = lastClosedQuotes ? offset - 1 : Integer.MIN_VALUE;
    int begin = offset - openLength;
    int i = offset;
    while (i < end) {
      if (inQuotes) {
        i = nextQuote(buffer, i, end);
        if (i == end) {
          break;
        }
        inQuotes = false;
        closedAt = i;
      } else {
        i = nextQuoteOrLineFeed(buffer, i, end);
        if (i == end) {
          break;
        }
        byte before = i == offset ? last : buffer[i - 1];
        if (buffer[i] == '\n') {
          if (isRecord(i - begin, before)) {
            records++;
          }
          begin = i + 1;
        } else {
          inQuotes = closedAt == i - 1 || beginsField(before);
        }
      }
      i++;
    }
    quoted = inQuotes;
    remember(buffer[end - 1], closedAt == end - 1, Math.min(end - begin, 2));
  }

  private void remember(byte b, boolean closesQuotes, int length) {
    last = b;
    lastClosedQuotes = closesQuotes;
    openLength = length;
  }

  private boolean isRecord(int length, byte before) {
    return columns == 1 || length > 1 || (length == 1 && before != '\r');
  }

  private static boolean beginsField(byte before) {
    return before == ',' || before == '\n';
  }

  private static int nextQuoteOrLineFeed(byte[] buffer, int from, int end) {
    int i = from;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      long word = (long) EIGHT_BYTES.get(buffer, i);
      long hits = zeroes(word ^ QUOTES) | zeroes(word ^ LINE_FEEDS);
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (i < end && buffer[i] != '"' && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private static int nextQuote(byte[] buffer, int from, int end) {
    int i = from;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      long hits = zeroes((long) EIGHT_BYTES.get(buffer, i) ^ QUOTES);
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (i < end && buffer[i] != '"') {
      i++;
    }
    return i;
  }

  /** The high bit of each byte that is zero; bits above the lowest one set may be wrong. */
  private static long zeroes(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }

  /** The body is over: a last line without a line end is a record too. */
  void end() {
    if (!inHeader && openLength > 0 && isRecord(openLength, last)) {
      records++;
    }
    openLength = 0;
  }

  /** Whole records so far, without the header. */
  long records() {
    return records;
  }

  /** Bytes so far. */
  long bytes() {
    return bytes;
  }

  /** Whether the last byte lies inside a quoted field: a body that ends so is malformed. */
  boolean isInsideQuotes() {
    return quoted;
  }

  /** Whether the last byte ended a line. */
  boolean isAtLineEnd() {
    return bytes > 0 && last == '\n' && !quoted;
  }
}
