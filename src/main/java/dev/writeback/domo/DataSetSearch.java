package dev.writeback.domo;

import dev.writeback.run.NearestWord;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds a DataSet by its exact name, among those that an account's user may see. */
final class DataSetSearch {

  private static final int NAMES_SHOWN = 5;
  private static final int SHORTEST_WORD = 3;
  private static final int WORDS_TRIED = 3;

  private final DomoClient client;
  private final Cancellation cancellation = new Cancellation();

  DataSetSearch(DomoClient client) {
    this.client = client;
  }

  /**
   * The id of the one DataSet of this name, letter for letter.
   *
   * @throws RunException {@link Outcome#CONFIGURATION} if there is none, or more than one
   */
  String idOf(String name) {
    Collection<DataSet> alike = like(name);
    List<DataSet> found = alike.stream().filter(one -> name.equals(one.name())).toList();
    if (found.size() == 1) {
      return found.get(0).id();
    }
    throw new RunException(
        Outcome.CONFIGURATION, false, found.isEmpty() ? none(name, alike) : several(name, found));
  }

  /**
   * All in whose names the text stands, whatever its case. Until a page brings nothing new: a page
   * may be short though it is not the last.
   */
  Collection<DataSet> like(String nameLike) {
    Map<String, DataSet> all = new LinkedHashMap<>();
    int known;
    do {
      known = all.size();
      client.dataSets(nameLike, known, cancellation).forEach(one -> all.put(one.id(), one));
    } while (all.size() > known);
    return all.values();
  }

  private static String several(String name, List<DataSet> found) {
    return "inputDataset - "
        + found.size()
        + " DataSets have this name - '"
        + name
        + "' - give the id of one: "
        + found.stream()
            .map(one -> one.id() + " (" + owner(one.owner()) + ")")
            .collect(Collectors.joining(", "));
  }

  private static String owner(DataSet.Owner owner) {
    return owner == null ? "Domo tells no owner" : "of " + owner;
  }

  private String none(String name, Collection<DataSet> alike) {
    List<String> names = alike.stream().map(DataSet::name).toList();
    if (names.isEmpty()) {
      names = namesLikeAWordOf(name);
    }
    return "inputDataset - no DataSet that the account's user may see has this name - '"
        + name
        + "' - "
        + (names.isEmpty()
            ? "check the name, upper and lower case too, or give the DataSet's id"
            : "did you mean "
                + NearestWord.inOrder(name, names).stream()
                    .limit(NAMES_SHOWN)
                    .map(near -> "'" + near + "'")
                    .collect(Collectors.joining(" or "))
                + "?");
  }

  /** With a slip in the name Domo finds nothing; the longest of its words may be without one. */
  private List<String> namesLikeAWordOf(String name) {
    return Arrays.stream(name.split("[\\s_-]+"))
        .filter(word -> word.length() >= SHORTEST_WORD && word.length() < name.length())
        .sorted(Comparator.comparingInt(String::length).reversed())
        .limit(WORDS_TRIED)
        .map(word -> client.dataSets(word, 0, cancellation))
        .filter(page -> !page.isEmpty())
        .findFirst()
        .map(page -> page.stream().map(DataSet::name).toList())
        .orElse(List.of());
  }
}
