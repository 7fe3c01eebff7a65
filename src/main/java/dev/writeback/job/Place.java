package dev.writeback.job;

import java.util.Comparator;

/**
 * Where in a file something stands.
 *
 * @param file as a person knows it; empty where it is not known
 * @param line from 1; 0 where it is not known
 * @param column from 1; 0 where it is not known
 */
public record Place(String file, int line, int column) implements Comparable<Place> {

  static final Place UNKNOWN = new Place("", 0, 0);

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::file).thenComparing(Place::line).thenComparing(Place::column);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column: }, as far as it is known. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (!file.isEmpty()) {
      if (line > 0) {
        text.append(':').append(line);
      }
      if (column > 0) {
        text.append(':').append(column);
      }
      text.append(": ");
    }
    return text.toString();
  }
}
