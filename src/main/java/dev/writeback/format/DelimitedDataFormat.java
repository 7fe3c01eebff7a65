package dev.writeback.format;

import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Marshals Domo's CSV (comma, double quote, UTF-8) to the dialect of a job, byte for byte and in
 * constant memory. Fields keep their bytes and their quotes, so that null (nothing) and the empty
 * string ({@code ""}) stay apart; with a comma the text passes untouched and unread.
 *
 * <p>A field becomes quoted where it holds the new delimiter, or where it is 128 KiB or longer. A
 * quote inside an unquoted field is text. Text after a closing quote is mended by doubling that
 * quote. A text that ends inside a quoted field is an error.
 */
@Dataformat("delimited")
@Configurer
@Metadata(firstVersion = "0.1.0", title = "Delimited", label = "dataformat,transformation,csv")
public class DelimitedDataFormat extends ServiceSupport implements DataFormat, DataFormatName {

  @Metadata(
      defaultValue = "comma",
      description =
          "What stands between two fields: comma, tab, pipe, semicolon, colon, space, caret, tilde,"
              + " hash, percent, ampersand, plus, soh, us, or a single ASCII character")
  private String delimiter = "comma";

  private Delimiter target;

  @Override
  public String getDataFormatName() {
    return "delimited";
  }

  @Override
  protected void doInit() {
    target = Delimiter.of(delimiter);
  }

  @Override
  public void marshal(Exchange exchange, Object body, OutputStream out) throws Exception {
    try (InputStream in =
        exchange
            .getContext()
            .getTypeConverter()
            .mandatoryConvertTo(InputStream.class, exchange, body)) {
      if (target.equals(Delimiter.COMMA)) {
        in.transferTo(out);
      } else {
        new DelimiterRewriter(target).rewrite(in, out);
      }
    }
  }

  /** Not supported: the way back has no use here. */
  @Override
  public Object unmarshal(Exchange exchange, InputStream in) {
    throw new UnsupportedOperationException(
        "The data format 'delimited' only marshals; to read delimited text, use 'domoCsv'.");
  }

  public String getDelimiter() {
    return delimiter;
  }

  public void setDelimiter(String delimiter) {
    this.delimiter = delimiter;
  }
}
