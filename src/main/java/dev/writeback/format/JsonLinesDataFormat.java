package dev.writeback.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Marshals Domo's CSV (comma, double quote, UTF-8) to JSON Lines: one JSON object for each row, its
 * keys the names of the header, each line ended by LF. Constant memory; nothing is rounded.
 *
 * <ul>
 *   <li>A value of a LONG, DOUBLE or DECIMAL column that is a number of JSON stands as it is, digit
 *       for digit; any other, such as {@code 007} or NaN, is a string.
 *   <li>A value of any other column, a DATE or DATETIME too, is a string.
 *   <li>A null is null: what {@code nullIn} says, without quotes. A quoted {@code ""} is a string.
 *   <li>Where two columns have one name {@code a}, the second is {@code a_2}.
 *   <li>An empty line among rows of several columns is none. A row with more or fewer fields than
 *       the header is an error, and so is text that is not UTF-8.
 * </ul>
 *
 * <p>What is not in the text comes by two properties of the exchange, both optional: {@link
 * #COLUMN_TYPES} and {@link #NOTES}.
 */
@Dataformat("jsonl")
@Configurer
@Metadata(firstVersion = "0.1.0", title = "JSON Lines", label = "dataformat,transformation,json")
public class JsonLinesDataFormat extends ServiceSupport implements DataFormat, DataFormatName {

  /**
   * The exchange property with Domo's type of each column, LONG or STRING for example: a {@code
   * Map<String, String>} by the columns' names. Without it every value is a string or null.
   */
  public static final String COLUMN_TYPES = "jsonlColumnTypes";

  /**
   * The exchange property with a {@code Collection<String>} that takes what an operator should know
   * of the text, such as why numbers are strings. It is added to at the text's end, by the thread
   * that marshals.
   */
  public static final String NOTES = "jsonlNotes";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  @Metadata(
      defaultValue = "empty",
      enums = "empty,\\N,none",
      description =
          "What stands for a null in Domo's text, without quotes; none where nothing does")
  private String nullIn = "empty";

  private NullIn nulls;

  @Override
  public String getDataFormatName() {
    return "jsonl";
  }

  @Override
  protected void doInit() {
    nulls = NullIn.of(nullIn);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void marshal(Exchange exchange, Object body, OutputStream out) throws Exception {
    Map<String, String> types = exchange.getProperty(COLUMN_TYPES, Map.class);
    Collection<String> notes = exchange.getProperty(NOTES, Collection.class);
    try (InputStream in =
        exchange
            .getContext()
            .getTypeConverter()
            .mandatoryConvertTo(InputStream.class, exchange, body)) {
      JsonGenerator json = JSON.createGenerator(out);
      json.setRootValueSeparator(null);
      JsonLines lines = new JsonLines(nulls, types, new CsvFields(in), json);
      lines.write();
      json.close();
      if (notes != null) {
        notes.addAll(lines.notes());
      }
    }
  }

  /** Not supported: the way back has no use here. */
  @Override
  public Object unmarshal(Exchange exchange, InputStream in) {
    throw new UnsupportedOperationException("The data format 'jsonl' only marshals.");
  }

  public String getNullIn() {
    return nullIn;
  }

  public void setNullIn(String nullIn) {
    this.nullIn = nullIn;
  }
}
