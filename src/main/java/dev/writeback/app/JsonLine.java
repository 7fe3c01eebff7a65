package dev.writeback.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writeback.run.OneLine;
import java.util.Locale;

/**
 * An object of JSON as one line, to every reader of lines: what ends a line for some of them
 * (U+0085, U+2028), and what turns the direction of text, is escaped in it.
 */
final class JsonLine {

  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    JSON.getFactory().setCharacterEscapes(new NotPlain());
  }

  private JsonLine() {}

  /**
   * @param values anything that is an object of JSON
   */
  static String of(Object values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class NotPlain extends CharacterEscapes {

    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7F;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] escapes = standardAsciiEscapesForJSON();
      escapes[DELETE] = ESCAPE_STANDARD;
      return escapes;
    }

    /** Halves of characters are asked for one by one: the whole one may be plain. */
    @Override
    public SerializableString getEscapeSequence(int character) {
      return Character.isSurrogate((char) character) || OneLine.isPlain(character)
          ? null
          : new SerializedString(String.format(Locale.ROOT, "\\u%04x", character));
    }
  }
}
