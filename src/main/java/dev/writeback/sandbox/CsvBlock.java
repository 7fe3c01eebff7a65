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

  void field(byte[] encoded) {
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  void number(long value) {
    quote();
    digits(value);
    quote();
    bytes[length++] = ',';
  }

  /** A decimal of two places. */
  void cents(int value) {
    quote();
    digits(value / 100);
    bytes[length++] = '.';
    bytes[length++] = (byte) ('0' + value / 10 % 10);
    bytes[length++] = (byte) ('0' + value % 10);
    quote();
    bytes[length++] = ',';
  }

  private void quote() {
    if (quoteNumbers) {
      bytes[length++] = '"';
    }
  }

  private void digits(long value) {
    int count = 1;
    for (long power = 10; power <= value; power *= 10) {
      count++;
    }
    int end = length + count;
    int at = end;
    if (value <= Integer.MAX_VALUE) {
      for (int rest = (int) value; at > length; rest /= 10) {
        bytes[--at] = (byte) ('0' + rest % 10);
      }
    } else {
      for (long rest = value; at > length; rest /= 10) {
        bytes[--at] = (byte) ('0' + rest % 10);
      }
    }
    length = end;
  }

  void flush(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }
}
