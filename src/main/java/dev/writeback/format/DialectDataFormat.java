package dev.writeback.format;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.service.ServiceSupport;

/** The options of a data format that writes delimited text. */
public abstract class DialectDataFormat extends ServiceSupport
    implements DataFormat, DataFormatName {

  /** The word for no text at all. */
  private static final String EMPTY = "empty";

  @Metadata(
      defaultValue = "comma",
      description =
          "What stands between two fields: comma, tab, pipe, semicolon, colon, space, caret, tilde,"
              + " hash, percent, ampersand, plus, soh, us, or a single ASCII character")
  private String delimiter = "comma";

  @Metadata(
      defaultValue = "double",
      description =
          "What stands around a field: double, single, none, backtick, pipe, caret, tilde, or a"
              + " single ASCII punctuation mark")
  private String quote = "double";

  @Metadata(
      defaultValue = "none",
      description =
          "What stands before a quote in a field, and before itself: backslash, slash, caret, tilde,"
              + " or a single ASCII punctuation mark; none to double the quote. Without a quote it"
              + " also stands before delimiters and line ends in a field")
  private String escape = "none";

  @Metadata(
      defaultValue = "AS_DOMO",
      enums = "AS_DOMO,MINIMAL,ALL",
      description =
          "Which fields are quoted: those that Domo quoted and those that need it, those that need"
              + " it, or all. A null never is")
  private QuoteMode quoteMode = QuoteMode.AS_DOMO;

  @Metadata(
      defaultValue = "true",
      description = "Whether the first record, the names of the columns, is written")
  private boolean header = true;

  @Metadata(
      defaultValue = EMPTY,
      description = "What a null becomes: any text, as it stands; empty for nothing")
  private String nullText = EMPTY;

  @Metadata(
      defaultValue = "empty",
      enums = "empty,\\N,none",
      description =
          "What stands for a null in Domo's text, without quotes; none where nothing does")
  private String nullIn = "empty";

  @Metadata(
      defaultValue = "AS_DOMO",
      enums = "AS_DOMO,LF,CRLF",
      description = "What ends a record; line ends in a field stay as they are")
  private LineEnd lineEnd = LineEnd.AS_DOMO;

  @Metadata(
      defaultValue = "UTF-8",
      description = "The charset of the text. A character that it does not have is an error")
  private String charset = "UTF-8";

  @Metadata(
      defaultValue = "false",
      description = "Whether a byte order mark is put before the text")
  private boolean byteOrderMark;

  /**
   * What in the options contradicts itself or is unknown, each as {@code option - what is wrong -
   * the values - what would be right}.
   *
   * @throws IllegalArgumentException if delimiter, quote, escape or nullIn is no such thing at all
   */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    Optional<Charset> known = knownCharset();
    if (known.isEmpty()) {
      problems.add(
          "charset - not known here - '"
              + charset
              + "' - a name such as UTF-8, UTF-16LE, ISO-8859-1 or windows-1252");
    }
    problems.addAll(dialect(known.orElse(StandardCharsets.UTF_8)).problems());
    return problems;
  }

  /**
   * The options as one.
   *
   * @throws IllegalArgumentException if they are wrong
   */
  Dialect checkedDialect() {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return dialect(Charset.forName(charset));
  }

  private Dialect dialect(Charset of) {
    return new Dialect(
        Delimiter.of(delimiter),
        Characters.quote(quote),
        Characters.escape(escape),
        quoteMode,
        header,
        EMPTY.equals(nullText) ? "" : nullText,
        NullIn.of(nullIn),
        lineEnd,
        of,
        byteOrderMark);
  }

  /** Empty also for one that Java only reads. */
  private Optional<Charset> knownCharset() {
    try {
      return Optional.of(Charset.forName(charset)).filter(Charset::canEncode);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  public String getDelimiter() {
    return delimiter;
  }

  public void setDelimiter(String delimiter) {
    this.delimiter = delimiter;
  }

  public String getQuote() {
    return quote;
  }

  public void setQuote(String quote) {
    this.quote = quote;
  }

  public String getEscape() {
    return escape;
  }

  public void setEscape(String escape) {
    this.escape = escape;
  }

  public QuoteMode getQuoteMode() {
    return quoteMode;
  }

  public void setQuoteMode(QuoteMode quoteMode) {
    this.quoteMode = quoteMode;
  }

  public boolean isHeader() {
    return header;
  }

  public void setHeader(boolean header) {
    this.header = header;
  }

  public String getNullText() {
    return nullText;
  }

  public void setNullText(String nullText) {
    this.nullText = nullText;
  }

  public String getNullIn() {
    return nullIn;
  }

  public void setNullIn(String nullIn) {
    this.nullIn = nullIn;
  }

  public LineEnd getLineEnd() {
    return lineEnd;
  }

  public void setLineEnd(LineEnd lineEnd) {
    this.lineEnd = lineEnd;
  }

  public String getCharset() {
    return charset;
  }

  public void setCharset(String charset) {
    this.charset = charset;
  }

  public boolean isByteOrderMark() {
    return byteOrderMark;
  }

  public void setByteOrderMark(boolean byteOrderMark) {
    this.byteOrderMark = byteOrderMark;
  }
}
