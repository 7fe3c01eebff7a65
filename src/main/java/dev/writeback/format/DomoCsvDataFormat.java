package dev.writeback.format;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.commons.csv.CSVFormat;

/**
 * Camel's CSV data format, set so that no record of a DataSet is lost or changed.
 *
 * <p>Unmarshal reads Domo's CSV (comma, double quote, UTF-8) row by row: a live iterator of lists,
 * where null is null and {@code ""} the empty string, and the header is a row like any other; of
 * the options it heeds {@code nullIn}. A byte order mark is left out. Closing the iterator closes
 * the input at once, also while another thread reads it.
 *
 * <p>Marshal writes an iterator or collection of rows, each a collection of values, in the job's
 * dialect; the first row is the header. It does not know which fields Domo quoted, nor what ended
 * its records: {@link QuoteMode#AS_DOMO} is {@link QuoteMode#MINIMAL} here, and {@link
 * LineEnd#AS_DOMO} is LF.
 *
 * <p>Text that is not UTF-8, or not CSV, is an error, never a replacement character; so is a
 * carriage return outside quotes, which commons-csv would take for a record's end.
 */
@Dataformat("domoCsv")
@Configurer
@Metadata(firstVersion = "0.1.0", title = "Domo CSV", label = "dataformat,transformation,csv")
public class DomoCsvDataFormat extends DialectDataFormat {

  private CsvDataFormat reading;
  private CsvDataFormat writing;

  @Override
  public String getDataFormatName() {
    return "domoCsv";
  }

  @Override
  protected void doInit() {
    Dialect dialect = checkedDialect();
    NullIn nullIn = dialect.nullIn();
    // Only in this mode does the parser tell null from "", or a bare null text from a quoted one.
    reading =
        new CsvDataFormat(
            CSVFormat.DEFAULT
                .builder()
                .setIgnoreEmptyLines(false)
                .setQuoteMode(org.apache.commons.csv.QuoteMode.ALL_NON_NULL)
                .setNullString(nullIn == NullIn.EMPTY ? null : nullIn.text())
                .get());
    reading.setLazyLoad(true);
    writing = new CsvDataFormat();
    writing.setMarshallerFactory((format, dataFormat) -> new RowMarshaller(dialect));
    ServiceHelper.initService(reading, writing);
  }

  @Override
  public void marshal(Exchange exchange, Object body, OutputStream out) throws Exception {
    writing.marshal(exchange, body, out);
  }

  @Override
  public Object unmarshal(Exchange exchange, InputStream in) throws Exception {
    Reader reader =
        new WithoutBareReturns(
            new WithoutByteOrderMark(
                new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder())));
    @SuppressWarnings("unchecked")
    Iterator<List<String>> rows =
        (Iterator<List<String>>) reading.unmarshal(exchange, (Object) reader);
    return new Rows(rows, in);
  }
}
