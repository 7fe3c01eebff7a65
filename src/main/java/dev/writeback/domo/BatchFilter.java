package dev.writeback.domo;

import dev.writeback.run.Watermark;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** An export's records of some batches, with the bytes that they have there. */
final class BatchFilter extends BlockStream {

  private static final String NULL = "\\N";

  private final CsvRecords records;
  private final Watermark range;
  private final boolean withHeader;
  private int columns;
  private int batchColumn = -1;
  private String lastBatch;
  private boolean keepsLastBatch;

  BatchFilter(InputStream export, Watermark range, boolean withHeader) {
    this.records = new CsvRecords(export);
    this.range = range;
    this.withHeader = withHeader;
  }

  @Override
  boolean fill(OutputStream to) throws IOException {
    int written = 0;
    while (written < BLOCK_SIZE) {
      if (!records.next()) {
        return false;
      }
      if (batchColumn < 0 ? header() : keeps()) {
        records.writeTo(to);
        written += records.length();
      }
    }
    return true;
  }

  private boolean header() throws IOException {
    columns = records.fields();
    batchColumn = records.texts().indexOf(Batches.COLUMN);
    if (batchColumn < 0) {
      throw new IOException(
          "Domo's export has no column "
              + Batches.COLUMN
              + ", though a query has: set onlyNewData to false");
    }
    return withHeader;
  }

  private boolean keeps() throws IOException {
    if (records.fields() != columns) {
      if (records.isEmptyLine()) {
        return false;
      }
      throw new IOException(
          "a record of Domo's export has "
              + records.fields()
              + " fields, and its header has "
              + columns);
    }
    String batch = records.text(batchColumn);
    if (!batch.equals(lastBatch)) {
      keepsLastBatch = keeps(batch);
      lastBatch = batch;
    }
    return keepsLastBatch;
  }

  private boolean keeps(String text) throws IOException {
    Long batch = null;
    if (!text.isEmpty() && !text.equals(NULL)) {
      Answer<Long> number = Questions.number(text);
      if (number.value() == null) {
        throw new IOException("a " + Batches.COLUMN + " of Domo's export: " + number.whyNone());
      }
      batch = number.value();
    }
    return Batches.isIn(range, batch);
  }
}
