package dev.writeback.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The word that was probably meant. */
public final class NearestWord {

  private static final int SHORTEST_PART = 4;

  private NearestWord() {}

  /** The candidate that takes the fewest corrections, if they are few enough to be a slip. */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String wanted = plain(word);
    String nearest = null;
    int fewest = Math.max(1, wanted.length() / 3) + 1;
    for (String candidate : candidates) {
      int corrections = corrections(wanted, plain(candidate));
      if (corrections < fewest) {
        fewest = corrections;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The candidates, each once, the one that takes the fewest corrections first. */
  public static List<String> inOrder(String word, Collection<String> candidates) {
    String wanted = plain(word);
    return candidates.stream()
        .distinct()
        .sorted(Comparator.comparingInt(candidate -> corrections(wanted, plain(candidate))))
        .toList();
  }

  /**
   * Whether one of two names has the other in it; a part of fewer than four letters says nothing.
   */
  public static boolean isPartOf(String part, String whole) {
    return plain(part).length() >= SHORTEST_PART && plain(whole).contains(plain(part));
  }

  /** Case, spaces, dashes and underscores are no mistake worth counting. */
  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
  }

  /**
   * The optimal string alignment distance: letters put in, left out, changed, or two neighbours
   * swapped.
   */
  private static int corrections(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }
}
