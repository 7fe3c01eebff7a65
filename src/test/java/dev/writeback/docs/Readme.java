package dev.writeback.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README's text, and the regions of it that a test owns: each begins with a comment. */
public final class Readme {

  private static final Path FILE = Path.of("README.md");

  private String text;

  private Readme(String text) {
    this.text = text;
  }

  public static Readme read() throws IOException {
    return new Readme(Files.readString(FILE));
  }

  /** What stands in the fenced block after {@code <!-- name -->}, without the fences. */
  public String block(String name) {
    Matcher matcher = blockAfter(name).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("README.md has no block after <!-- " + name + " -->");
    }
    return matcher.group(2);
  }

  /** What stands in the table after {@code <!-- name -->}. */
  String table(String name) {
    Matcher matcher = tableAfter(name).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("README.md has no table after <!-- " + name + " -->");
    }
    return matcher.group(2);
  }

  /** Writes the README with another block; for whoever accepts a change. */
  public void writeBlock(String name, String content) throws IOException {
    write(blockAfter(name), content);
  }

  void writeTable(String name, String content) throws IOException {
    write(tableAfter(name), content);
  }

  private void write(Pattern region, String content) throws IOException {
    Matcher matcher = region.matcher(text);
    text =
        matcher.replaceFirst(
            match ->
                Matcher.quoteReplacement(
                    match.group(1) + content + (match.groupCount() > 2 ? match.group(3) : "")));
    Files.writeString(FILE, text);
  }

  private static Pattern blockAfter(String name) {
    return Pattern.compile(
        "(<!-- " + Pattern.quote(name) + " -->\n```[a-z]*\n)(.*?)(```\n)", Pattern.DOTALL);
  }

  private static Pattern tableAfter(String name) {
    return Pattern.compile("(<!-- " + Pattern.quote(name) + " -->\n)((?:\\|.*\n)*)");
  }
}
