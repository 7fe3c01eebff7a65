package dev.writeback.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the records of one CSV text as JSON objects, a line each. For one text and one thread. */
final class JsonLines {

  private final NullIn nullIn;
  private final Map<String, String> types;
  private final CsvFields fields;
  private final JsonGenerator json;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer characters = CharBuffer.allocate(CsvFields.BUFFER_SIZE);
  private final List<String> notes = new ArrayList<>();
  private long noNumbers;
  private Place firstNoNumber;

  /**
   * @param types Domo's type of each column, by its name; null where nobody knows
   * @param json must write nothing between two objects of its own accord
   */
  JsonLines(NullIn nullIn, Map<String, String> types, CsvFields fields, JsonGenerator json) {
    this.nullIn = nullIn;
    this.types = types;
    this.fields = fields;
    this.json = json;
  }

  /** Writes all; does not close the generator. */
  void write() throws IOException {
    JsonColumns columns = new JsonColumns(names(), types);
    notes.addAll(columns.notes());
    while (fields.next()) {
      if (columns.count() > 1 && fields.isEmptyLine()) {
        continue;
      }
      json.writeStartObject();
      object(columns);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    if (noNumbers > 0) {
      notes.add(
          noNumbers
              + " values of number columns are no JSON numbers and are strings, the first in "
              + firstNoNumber);
    }
  }

  /** What an operator should know of the text; complete when all is written. */
  List<String> notes() {
    return notes;
  }

  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    while (fields.next()) {
      if (fields.hasMore()) {
        throw UnreadableTextException.asJson(fields.place(), "is no name: it is too long");
      }
      names.add(decoded().toString());
      if (fields.isLast()) {
        break;
      }
    }
    return names;
  }

  /** From the record's first field, to which the reader has gone, to its last. */
  private void object(JsonColumns columns) throws IOException {
    while (true) {
      if (fields.field() > columns.count()) {
        throw UnreadableTextException.asJson(
            fields.row(), "has more fields than the header, which has " + columns.count());
      }
      json.writeFieldName(columns.key(fields.field()));
      value(columns.isNumber(fields.field()));
      if (fields.isLast()) {
        break;
      }
      fields.next();
    }
    if (fields.field() < columns.count()) {
      throw UnreadableTextException.asJson(
          fields.row(), "has " + fields.field() + " fields, and the header has " + columns.count());
    }
  }

  private void value(boolean isNumber) throws IOException {
    byte[] bytes = fields.bytes();
    int start = fields.start();
    int end = fields.end();
    if (fields.hasMore()) {
      longText();
    } else if (!fields.isQuoted() && nullIn.matches(bytes, start, end)) {
      json.writeNull();
    } else if (isNumber && JsonNumber.matches(bytes, start, end)) {
      json.writeNumber(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
    } else {
      if (isNumber && noNumbers++ == 0) {
        firstNoNumber = fields.place();
      }
      text(bytes, start, end);
    }
  }

  private void longText() throws IOException {
    try (Reader text = new InputStreamReader(new Value(), StandardCharsets.UTF_8.newDecoder())) {
      json.writeString(text, -1);
    } catch (CharacterCodingException e) {
      throw notUtf8();
    }
  }

  private void text(byte[] bytes, int start, int end) throws IOException {
    if (!ByteSearch.isAscii(bytes, start, end)) {
      // For its check alone: the generator takes any bytes.
      decoded();
    }
    json.writeUTF8String(bytes, start, end - start);
  }

  private CharBuffer decoded() throws IOException {
    characters.clear();
    decoder.reset();
    CoderResult result =
        decoder.decode(
            ByteBuffer.wrap(fields.bytes(), fields.start(), fields.end() - fields.start()),
            characters,
            true);
    if (result.isError()) {
      throw notUtf8();
    }
    return characters.flip();
  }

  private IOException notUtf8() {
    return UnreadableTextException.asJson(fields.place(), "is not UTF-8");
  }

  /** The value of a field that comes in several pieces. */
  private final class Value extends InputStream {

    private int position = fields.start();

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (position == fields.end()) {
        if (!fields.hasMore()) {
          return -1;
        }
        fields.nextPiece();
        position = fields.start();
      }
      int count = Math.min(length, fields.end() - position);
      System.arraycopy(fields.bytes(), position, into, offset, count);
      position += count;
      return count;
    }
  }
}
