package dev.writeback.run;

/** Makes of a text of Domo or of a person the name of one file: never a folder or an expression. */
final class SafeName {

  private static final int NO_CHARACTER = 0xFFFE;

  private SafeName() {}

  /**
   * The text with {@code _} for each slash and each character that is not to be seen (controls,
   * line separators, halves of characters, what is none), and with {@code $_} for {@code ${} and
   * {@code $_simple_} for {@code $simple{}, the beginnings of a Camel expression.
   */
  static String of(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    name.codePoints().map(c -> isUnsafe(c) ? '_' : c).forEach(safe::appendCodePoint);
    return safe.toString().replace("${", "$_").replace("$simple{", "$_simple_");
  }

  static boolean isSafe(String name) {
    return of(name).equals(name);
  }

  private static boolean isUnsafe(int codePoint) {
    return codePoint == '/'
        || Character.isISOControl(codePoint)
        || (codePoint & NO_CHARACTER) == NO_CHARACTER
        || switch (Character.getType(codePoint)) {
          case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
          default -> false;
        };
  }
}
