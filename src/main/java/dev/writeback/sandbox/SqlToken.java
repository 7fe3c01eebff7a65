package dev.writeback.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of SQL.
 *
 * @param quoted whether it was in back-ticks, and so is a name whatever it says
 */
record SqlToken(Kind kind, String text, boolean quoted) {

  /** What a word can be. */
  enum Kind {
    NAME,
    STRING,
    NUMBER,
    SIGN
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:`(?<back>[^`]+)`|'(?<string>(?:[^']|'')*)'"
              + "|(?<number>-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)"
              + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_.]*)|(?<sign><>|!=|<=|>=|[<>=(),*;]))\\s*");

  static List<SqlToken> split(String sql) throws DomoError {
    List<SqlToken> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    int at = 0;
    while (at < sql.length()) {
      if (!matcher.region(at, sql.length()).lookingAt()) {
        throw Query.wrong("what is '" + sql.substring(at) + "'");
      }
      tokens.add(of(matcher));
      at = matcher.end();
    }
    return tokens;
  }

  private static SqlToken of(Matcher matcher) {
    if (matcher.group("back") != null) {
      return new SqlToken(Kind.NAME, matcher.group("back"), true);
    }
    if (matcher.group("string") != null) {
      return new SqlToken(Kind.STRING, matcher.group("string").replace("''", "'"), true);
    }
    if (matcher.group("number") != null) {
      return new SqlToken(Kind.NUMBER, matcher.group("number"), false);
    }
    if (matcher.group("name") != null) {
      return new SqlToken(Kind.NAME, matcher.group("name"), false);
    }
    return new SqlToken(Kind.SIGN, matcher.group("sign"), false);
  }

  boolean is(String word) {
    return !quoted && text.equalsIgnoreCase(word);
  }
}
