package dev.writeback.sandbox;

import java.io.IOException;
import java.io.OutputStream;

/** A buffer that CSV fields are written into as bytes, digit by digit. For one thread. */
final class CsvBlock {

  private final byte[] bytes;
  private final boolean quoteNumbers;
  private int length;

  CsvBlock(int size, boolean quoteNumbers) {
    this.bytes = new byte[size];
    this.quoteNumbers = quoteNumbers;
  }

  int length() {
    return length;
  }

  CsvBlock comma() {
    bytes[length++] = ',';
    return this;
  }

  CsvBlock field(byte[] encoded) {
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
    return this;
  }

  CsvBlock number(long value) {
    quote();
    digits(value);
    quote();
    return this;
  }

  /** A decimal of two places. */
  CsvBlock cents(int value) {
    quote();
    digits(value / 100);
    bytes[length++] = '.';
    bytes[length++] = (byte) ('0' + value / 10 % 10);
    bytes[length++] = (byte) ('0' + value % 10);
    quote();
    return this;
  }

  private void quote() {
    if (quoteNumbers) {
      bytes[length++] = '"';
    }
  }

  private void digits(long value) {
    int count = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      count++;
    }
    long rest = value;
    for (int at = length + count - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  void flush(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }
}
