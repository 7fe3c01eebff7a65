package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes one CSV text of Domo's anew in a dialect, field by field and in constant memory. What of
 * the input RFC 4180 does not allow is read as {@link CsvFields} says; records of unlike length
 * stay so, and an empty line among records of several fields stays one.
 *
 * <p>An instance is for one text and one thread.
 */
final class DialectRecoder {

  private final Dialect dialect;
  private final int capacity;
  private int columns;

  DialectRecoder(Dialect dialect) {
    this(dialect, CsvFields.BUFFER_SIZE);
  }

  DialectRecoder(Dialect dialect, int capacity) {
    this.dialect = dialect;
    this.capacity = capacity;
  }

  /** Reads the text to its end; closes neither stream. */
  void recode(InputStream in, OutputStream out) throws IOException {
    CsvFields fields = new CsvFields(in, capacity);
    out.write(dialect.beginning());
    if (dialect.charset().equals(StandardCharsets.UTF_8)) {
      write(fields, new DialectWriter(dialect, out), false);
    } else {
      CharsetOutputStream encoding = new CharsetOutputStream(out, dialect.charset(), fields::row);
      write(fields, new DialectWriter(dialect, encoding), true);
      encoding.close();
    }
  }

  /**
   * @param flushed whether each record is handed on at its end, so that an error is told of it
   */
  private void write(CsvFields fields, DialectWriter writer, boolean flushed) throws IOException {
    if (!dialect.header()) {
      fields.skipRecord();
      columns = fields.field();
    }
    while (fields.next()) {
      write(fields, writer);
      if (!fields.isLast()) {
        writer.delimiter();
        continue;
      }
      columns = fields.isHeader() ? fields.field() : columns;
      writer.endRecord(fields.ended());
      if (flushed) {
        writer.flush();
      }
    }
    writer.flush();
  }

  private void write(CsvFields field, DialectWriter writer) throws IOException {
    if (field.isHeader()) {
      writer.value(field);
    } else if (columns > 1 && field.isEmptyLine()) {
      return;
    } else if (isNull(field)) {
      writer.nothing();
    } else {
      writer.value(field);
    }
  }

  private boolean isNull(CsvFields field) {
    return !field.isQuoted()
        && !field.hasMore()
        && dialect.nullIn().matches(field.bytes(), field.start(), field.end());
  }
}
