package dev.writeback.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes eight at a time. A word is eight bytes of an array, the first one lowest; a set of
 * matches is a word in which the highest bit of each matching byte is set, and no other.
 */
final class ByteSearch {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_SEVEN = 0x7F7F_7F7F_7F7F_7F7FL;
  private static final long HIGHEST = ~LOW_SEVEN;

  private ByteSearch() {}

  static long word(byte[] bytes, int index) {
    return (long) WORDS.get(bytes, index);
  }

  static void store(byte[] bytes, int index, long word) {
    WORDS.set(bytes, index, word);
  }

  /** A word of eight times this byte. */
  static long eightOf(int value) {
    return (value & 0xFFL) * 0x0101_0101_0101_0101L;
  }

  /**
   * Compares each byte of a word, whose highest bits have been cleared, with an ASCII pattern: the
   * highest bit of a byte in the answer is clear where they are equal. Answers can be joined by
   * {@code &} before they become {@link #matches}.
   */
  static long differences(long lowSeven, long pattern) {
    // No byte overflows into the next: each is at most 0x7F on both sides.
    return (lowSeven ^ pattern) + LOW_SEVEN;
  }

  /** The word without the highest bits of its bytes, for {@link #differences}. */
  static long lowSeven(long word) {
    return word & LOW_SEVEN;
  }

  /** The matches in a word, of one or of joined differences; exact, without false ones. */
  static long matches(long word, long differences) {
    return ~(differences | word) & HIGHEST;
  }

  /** The matches among the first {@code count} bytes, 1 to 7, only. */
  static long firstBytes(int count) {
    return -1L >>> (64 - 8 * count);
  }

  /** Where in its word the first match is; 8 for none. */
  static int first(long matches) {
    return Long.numberOfTrailingZeros(matches) >>> 3;
  }

  /** Whether all of these bytes are ASCII; there are seven more behind them in the array. */
  static boolean isAscii(byte[] bytes, int start, int end) {
    long seen = 0;
    int at = start;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      seen |= word(bytes, at);
    }
    if (at < end) {
      seen |= word(bytes, at) & firstBytes(end - at);
    }
    return (seen & HIGHEST) == 0;
  }
}
