package dev.writeback.format;

/** The numbers of JSON (RFC 8259, section 6), as bytes. */
final class JsonNumber {

  private JsonNumber() {}

  /** Whether these bytes, as they stand, are a number; {@code 007}, {@code +1} and NaN are none. */
  static boolean matches(byte[] bytes, int start, int end) {
    int at = start < end && bytes[start] == '-' ? start + 1 : start;
    int whole = digits(bytes, at, end);
    if (whole == at || whole > at + 1 && bytes[at] == '0') {
      return false;
    }
    at = whole;
    if (at < end && bytes[at] == '.') {
      int fraction = digits(bytes, at + 1, end);
      if (fraction == at + 1) {
        return false;
      }
      at = fraction;
    }
    if (at < end && (bytes[at] | 0x20) == 'e') {
      at++;
      at += at < end && (bytes[at] == '+' || bytes[at] == '-') ? 1 : 0;
      int exponent = digits(bytes, at, end);
      if (exponent == at) {
        return false;
      }
      at = exponent;
    }
    return at == end;
  }

  /** Where the digits from here on end. */
  private static int digits(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }
}
