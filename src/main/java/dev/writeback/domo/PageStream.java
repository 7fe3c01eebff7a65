package dev.writeback.domo;

import dev.writeback.run.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rows of all pages as CSV, as the export would write them, without a header. */
final class PageStream extends BlockStream {

  private final String dataSet;
  private final Pages pages;
  private final ExportShape shape;
  private QueryRows page;

  PageStream(String dataSet, Pages pages, ExportShape shape) {
    this.dataSet = dataSet;
    this.pages = pages;
    this.shape = shape;
  }

  @Override
  boolean fill(OutputStream to) throws IOException {
    StringBuilder text = new StringBuilder();
    boolean more = true;
    while (more && text.length() < BLOCK_SIZE) {
      if (page == null) {
        page = pages.next();
        more = page != null;
      } else if (page.hasNext()) {
        requireColumns();
        shape.print(page.next(), page.types(), text);
      } else {
        requireColumns();
        page = null;
      }
    }
    // An encoder of its own: what is no text is an error, not a question mark.
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    to.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
    return more;
  }

  private void requireColumns() {
    List<String> columns = page.columns();
    if (columns.equals(shape.columns())) {
      return;
    }
    page.close();
    throw new DomoException(
        Outcome.DOMO,
        false,
        "increment of DataSet "
            + dataSet
            + ": a query answers the columns "
            + columns
            + ", and the export has "
            + shape.columns()
            + ", so that the rows of the one do not fit the other. With onlyNewData: false the"
            + " whole DataSet is exported",
        null);
  }
}
