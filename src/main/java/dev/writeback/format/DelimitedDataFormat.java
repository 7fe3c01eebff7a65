package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;

/**
 * Marshals Domo's CSV (comma, double quote, UTF-8) to the dialect of a job, on its bytes and in
 * constant memory. Null and the empty string stay apart, or the text is refused.
 *
 * <p>Where only the delimiter changes, fields keep their bytes and their quotes; with a comma the
 * text passes untouched and unread. Otherwise every field is written anew, and a byte order mark of
 * Domo's is left out.
 *
 * <p>A field becomes quoted where it would be read as something else without quotes, or where it is
 * 128 KiB or longer. A quote inside an unquoted field is text. Text after a closing quote is mended
 * by doubling that quote. A text that ends inside a quoted field is an error. A value that the
 * dialect cannot hold is an {@link UnwritableValueException}, never changed.
 */
@Dataformat("delimited")
@Configurer
@Metadata(firstVersion = "0.1.0", title = "Delimited", label = "dataformat,transformation,csv")
public class DelimitedDataFormat extends DialectDataFormat {

  private Dialect dialect;

  @Override
  public String getDataFormatName() {
    return "delimited";
  }

  @Override
  protected void doInit() {
    dialect = checkedDialect();
  }

  @Override
  public void marshal(Exchange exchange, Object body, OutputStream out) throws Exception {
    try (InputStream in =
        exchange
            .getContext()
            .getTypeConverter()
            .mandatoryConvertTo(InputStream.class, exchange, body)) {
      if (!dialect.changesDelimiterOnly()) {
        new DialectRecoder(dialect).recode(in, out);
      } else if (dialect.delimiter().equals(Delimiter.COMMA)) {
        beginning(in, out).transferTo(out);
      } else {
        new DelimiterRewriter(dialect.delimiter()).rewrite(beginning(in, out), out);
      }
    }
  }

  /** What of the text is left when its beginning, the mark and the header, is as the job wants. */
  private InputStream beginning(InputStream in, OutputStream out) throws IOException {
    if (dialect.header() && !dialect.byteOrderMark()) {
      return in;
    }
    out.write(dialect.beginning());
    CsvFields fields = new CsvFields(in);
    if (!dialect.header()) {
      fields.skipRecord();
    }
    return fields.rest();
  }

  /** Not supported: the way back has no use here. */
  @Override
  public Object unmarshal(Exchange exchange, InputStream in) {
    throw new UnsupportedOperationException(
        "The data format 'delimited' only marshals; to read delimited text, use 'domoCsv'.");
  }
}
