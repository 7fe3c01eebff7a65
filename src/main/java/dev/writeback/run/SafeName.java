package dev.writeback.run;

/** Makes of a text of Domo or of a person the name of one file: never a folder or an expression. */
final class SafeName {

  private SafeName() {}

  /**
   * The text with {@code _} for each slash and each character that is not to be seen (controls,
   * line separators, halves of characters, what is none), and with {@code $_} for {@code ${} and
   * {@code $_simple_} for {@code $simple{}, the beginnings of a Camel expression.
   */
  static String of(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    name.codePoints()
        .map(c -> c != '/' && OneLine.isSeen(c) ? c : '_')
        .forEach(safe::appendCodePoint);
    return safe.toString().replace("${", "$_").replace("$simple{", "$_simple_");
  }

  static boolean isSafe(String name) {
    return of(name).equals(name);
  }
}
