package dev.writeback.format;

/**
 * Where in a text something is, as a message says it. Rows are counted from 1 without the header,
 * as Domo counts them; fields from 1.
 *
 * @param record 1 for the header
 * @param field 0 for the whole record
 */
record Place(long record, int field) {

  @Override
  public String toString() {
    String row = record == 1 ? "the header" : "row " + (record - 1);
    return field == 0 ? row : row + ", field " + field;
  }
}
