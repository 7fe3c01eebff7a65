package dev.writeback.app;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where two texts first differ, in words for a person. Every byte is shown, one way or another. */
final class FirstDifference {

  /** Bytes before the difference, and from it on, that a person needs to see. */
  private static final int AROUND = 60;

  private FirstDifference() {}

  /** Null where there is none. */
  static String between(byte[] expected, byte[] found) {
    int at = Arrays.mismatch(expected, found);
    if (at < 0) {
      return null;
    }
    int line = 1;
    int lineBegin = 0;
    for (int i = 0; i < at; i++) {
      if (expected[i] == '\n') {
        line++;
        lineBegin = i + 1;
      }
    }
    int from = Math.max(lineBegin, at - AROUND);
    return "line "
        + line
        + ", byte "
        + (at - lineBegin + 1)
        + " of it\n  expected "
        + shown(expected, from, at)
        + "\n  is       "
        + shown(found, from, at);
  }

  private static String shown(byte[] bytes, int from, int at) {
    if (at >= bytes.length) {
      return escaped(Arrays.copyOfRange(bytes, from, at)) + "(the end)";
    }
    int to = at;
    while (to < bytes.length && to < at + AROUND && bytes[to] != '\n') {
      to++;
    }
    boolean ends = to < bytes.length && bytes[to] == '\n';
    return escaped(Arrays.copyOfRange(bytes, from, ends ? to + 1 : to)) + (ends ? "" : "...");
  }

  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (char character : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
      switch (character) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (character < ' ' || character > '~') {
            text.append("\\x%02X".formatted((int) character));
          } else {
            text.append(character);
          }
        }
      }
    }
    return text.toString();
  }
}
