package dev.writeback.domo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of an export (RFC 4180, UTF-8, LF or CRLF), each with its very bytes. What is a
 * record, a field and a quote is as {@link RecordCounter} says. Memory is that of the longest
 * record.
 *
 * <p>Libraries for CSV give values, not bytes: whether a field was quoted, and its line end, would
 * be lost. For one thread.
 */
final class CsvRecords {

  private static final int BUFFER_SIZE = 64 * 1024;
  private static final int LONGEST_RECORD = 64 * 1024 * 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private byte[] buffer = new byte[BUFFER_SIZE];
  private int start;
  private int position;
  private int limit;
  private boolean begun;

  /** Where the fields end, counted from the record's start; a field begins behind the comma. */
  private int[] ends = new int[64];

  private int first;
  private int fields;
  private int length;

  CsvRecords(InputStream in) {
    this.in = in;
  }

  /** Goes on to the next record, and says whether there is one. */
  boolean next() throws IOException {
    start = position;
    fields = 0;
    first = begun ? 0 : byteOrderMark();
    begun = true;
    boolean quoted = false;
    boolean closed = false;
    int field = first;
    while (position < limit || more()) {
      byte b = buffer[position++];
      if (quoted) {
        quoted = b != '"';
        closed = !quoted;
        continue;
      }
      if (b == '"') {
        quoted = closed || position - 1 - start == field;
      } else if (b == ',') {
        endField(position - 1 - start);
        field = position - start;
      } else if (b == '\n') {
        length = position - start;
        int end = length - 1;
        endField(end > field && buffer[start + end - 1] == '\r' ? end - 1 : end);
        return true;
      }
      closed = false;
    }
    length = position - start;
    if (length > first) {
      endField(length);
    }
    return length > first;
  }

  private int byteOrderMark() throws IOException {
    while (limit < BYTE_ORDER_MARK.length && more()) {
      // Until there are enough bytes to tell.
    }
    int count = Math.min(limit, BYTE_ORDER_MARK.length);
    if (Arrays.equals(buffer, 0, count, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
      position = count;
      return count;
    }
    return 0;
  }

  private void endField(int end) {
    if (fields == ends.length) {
      ends = Arrays.copyOf(ends, 2 * fields);
    }
    ends[fields++] = end;
  }

  private boolean more() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      position -= start;
      limit -= start;
      start = 0;
    }
    if (limit == buffer.length) {
      if (limit >= LONGEST_RECORD) {
        throw new IOException("a record of Domo's export is longer than 64 MiB");
      }
      buffer = Arrays.copyOf(buffer, 2 * limit);
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(count, 0);
    return count > 0;
  }

  /** How many fields this record has. */
  int fields() {
    return fields;
  }

  /** Whether this record is an empty line: no record where there is more than one column. */
  boolean isEmptyLine() {
    return fields == 1 && ends[0] == first;
  }

  boolean isQuoted(int field) {
    return begin(field) < ends[field] && buffer[start + begin(field)] == '"';
  }

  /** The field's text, without its quotes. */
  String text(int field) {
    int from = start + begin(field);
    int to = start + ends[field];
    if (!isQuoted(field)) {
      return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }
    boolean closed = to - from > 1 && buffer[to - 1] == '"';
    return new String(buffer, from + 1, to - from - (closed ? 2 : 1), StandardCharsets.UTF_8)
        .replace("\"\"", "\"");
  }

  /** The texts of all fields. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int field = 0; field < fields; field++) {
      texts.add(text(field));
    }
    return texts;
  }

  private int begin(int field) {
    return field == 0 ? first : ends[field - 1] + 1;
  }

  /** How many bytes the record has, with its line end. */
  int length() {
    return length;
  }

  /** The record's bytes as they came, with their line end. */
  byte[] bytes() {
    return Arrays.copyOfRange(buffer, start, start + length);
  }

  /** Writes the record's bytes as they came, with their line end. */
  void writeTo(OutputStream out) throws IOException {
    out.write(buffer, start, length);
  }

  /** Whether the line ends with CRLF. */
  boolean endsWithReturn() {
    return length > 1 && buffer[start + length - 2] == '\r' && isEnded();
  }

  /** Whether the line has its end. */
  boolean isEnded() {
    return length > 0 && buffer[start + length - 1] == '\n';
  }
}
