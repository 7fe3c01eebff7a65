package dev.writeback.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;

/** A DataSet that the sandbox serves. Thread-safe; its rows never change. */
interface DataSet {

  /** The types of columns, as https://developer.domo.com/portal/ names them. */
  enum Type {
    STRING,
    DECIMAL,
    LONG,
    DOUBLE,
    DATE,
    DATETIME
  }

  /** A column of a DataSet. */
  record Column(String name, Type type) {}

  String id();

  String name();

  String description();

  List<Column> columns();

  long rows();

  /** The rows in their order; a field is its text, or null. */
  Iterator<String[]> iterator();

  /** The same with one batch more, of so many rows. */
  DataSet appended(int rows);

  /** Writes the rows as CSV, without a header; stops after so many rows. */
  void writeCsv(OutputStream out, CsvShape shape, long limit) throws IOException;
}
