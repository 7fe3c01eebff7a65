package dev.writeback.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names and their values in one text: {@code team=finance, note="a, b"}. The first equals sign ends
 * the name. A value with a comma stands in double quotes, in which a double quote is written twice.
 */
final class NamedValues {

  private static final Pattern ONE =
      Pattern.compile(
          "\\s*+([^=,\"]+?)\\s*+=\\s*+(?:\"((?:[^\"]|\"\")*+)\"|((?!\")[^,]*?))\\s*+(?:,|$)");

  private NamedValues() {}

  /**
   * The values by name, in the order of the text; none of a blank one.
   *
   * @throws IllegalArgumentException with the place that cannot be read, or the name that is there
   *     twice
   */
  static Map<String, String> parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    if (text == null || text.isBlank()) {
      return values;
    }
    Matcher one = ONE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!one.region(at, text.length()).lookingAt()) {
        throw new IllegalArgumentException("cannot be read from '" + text.substring(at) + "' on");
      }
      String quoted = one.group(2);
      String value = quoted == null ? one.group(3) : quoted.replace("\"\"", "\"");
      if (values.put(one.group(1), value) != null) {
        throw new IllegalArgumentException("has the name '" + one.group(1) + "' twice");
      }
      at = one.end();
    }
    return values;
  }
}
