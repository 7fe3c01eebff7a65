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
 * <p>One byte at a time is the definition ({@link #step}); eight at a time is the speed, for all
 * that is regular.
 *
 * <p>Not safe for use by several threads at once.
 */
final class RecordCounter {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7F * ONES;
  private static final long HIGH_BITS = 0x80 * ONES;
  private static final long FIRST = 0x80;
  private static final long QUOTES = '"' * ONES;
  private static final long COMMAS = ',' * ONES;
  private static final long LINE_FEEDS = '\n' * ONES;
  private static final long RETURNS = '\r' * ONES;
  private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

  private long records;
  private long bytes;
  private boolean inHeader = true;
  private int columns = 1;
  private boolean quoted;
  private boolean lastClosedQuotes;

  /** The last two bytes; a body begins where a line has ended. */
  private byte last = '\n';

  private byte beforeLast;

  /** Takes the next bytes of the body, however it is cut. */
  void accept(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int i = inHeader ? header(buffer, offset, end) : offset;
    for (int warm = Math.min(end, i + 2); i < warm; i++) {
      step(buffer[i]);
    }
    i = words(buffer, i, end);
    for (; i < end; i++) {
      step(buffer[i]);
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
      step(b);
      if (b == ',' && !quoted) {
        columns++;
      } else if (b == '\n' && !quoted) {
        inHeader = false;
        records = 0;
        return i + 1;
      }
    }
    return end;
  }

  private void step(byte b) {
    boolean closes = false;
    if (b == '"') {
      closes = quoted;
      quoted = !quoted && (lastClosedQuotes || beginsField(last));
    } else if (b == '\n' && !quoted && (columns == 1 || !isEmptyLine())) {
      records++;
    }
    beforeLast = last;
    last = b;
    lastClosedQuotes = closes;
  }

  /** Whether nothing, or only a carriage return, has come since the last line's end. */
  private boolean isEmptyLine() {
    return last == '\n' || (last == '\r' && beforeLast == '\n');
  }

  private static boolean beginsField(byte before) {
    return before == ',' || before == '\n';
  }

  /**
   * Takes eight bytes at a time while there are so many; the two bytes before the first are in the
   * buffer. In each mask the high bit of a byte stands for that byte.
   */
  private int words(byte[] buffer, int from, int end) {
    long inQuotes = quoted ? HIGH_BITS : 0;
    long closedBefore = lastClosedQuotes ? FIRST : 0;
    int i = from;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      long word = (long) EIGHT_BYTES.get(buffer, i);
      long quotes = zeroes(word ^ QUOTES);
      long feeds = zeroes(word ^ LINE_FEEDS);
      if ((quotes | feeds) == 0) {
        closedBefore = 0;
        continue;
      }
      long within = inQuotes ^ prefixXor(quotes);
      long closers = quotes & ~within;
      long openers = quotes & within;
      long ends = feeds & ~within;
      long irregular = 0;
      if (openers != 0) {
        long begins = zeroes(word ^ COMMAS) | feeds | closers;
        long first = closedBefore | (beginsField(buffer[i - 1]) ? FIRST : 0);
        irregular = openers & ~(begins << Byte.SIZE | first);
      }
      if (ends != 0 && columns > 1) {
        byte before = buffer[i - 1];
        long first = before == '\n' || before == '\r' ? FIRST : 0;
        irregular |= ends & ((feeds | zeroes(word ^ RETURNS)) << Byte.SIZE | first);
      }
      if (irregular == 0) {
        records += Long.bitCount(ends);
        inQuotes = within >> 63 & HIGH_BITS;
        closedBefore = closers >>> 56;
      } else {
        resume(buffer, i, inQuotes != 0, closedBefore != 0);
        for (int j = i; j < i + Long.BYTES; j++) {
          step(buffer[j]);
        }
        inQuotes = quoted ? HIGH_BITS : 0;
        closedBefore = lastClosedQuotes ? FIRST : 0;
      }
    }
    if (i > from) {
      resume(buffer, i, inQuotes != 0, closedBefore != 0);
    }
    return i;
  }

  /** Byte by byte from here. */
  private void resume(byte[] buffer, int i, boolean inQuotes, boolean closed) {
    quoted = inQuotes;
    lastClosedQuotes = closed;
    last = buffer[i - 1];
    beforeLast = buffer[i - 2];
  }

  /** Marks the bytes that are zero, and no others. */
  private static long zeroes(long word) {
    return ~((word & LOW_BITS) + LOW_BITS | word | LOW_BITS);
  }

  /** Marks each byte at or before which there is an odd number of marks. */
  private static long prefixXor(long marks) {
    long odd = marks ^ marks << 8;
    odd ^= odd << 16;
    return odd ^ odd << 32;
  }

  /** The body is over: a last line without a line end is a record too. */
  void end() {
    if (!inHeader && last != '\n' && (columns == 1 || !isEmptyLine())) {
      records++;
    }
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
