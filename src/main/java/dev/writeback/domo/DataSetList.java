package dev.writeback.domo;

import dev.writeback.run.RunException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.camel.CamelContext;

/** The DataSets that an account's user may see, as Domo's search finds them. */
public final class DataSetList {

  private final DomoClient client;

  /**
   * @throws RunException if something is wrong with the account's options
   */
  public DataSetList(CamelContext context, DomoAccount account) {
    this.client = DomoComponent.clientIn(context, account);
  }

  /**
   * Those in whose names all these words stand, whatever their case, in the order of their names.
   *
   * @param words separated by white space; blank for all DataSets
   * @throws RunException if Domo does not tell
   */
  public List<DataSet> named(String words) {
    List<String> all = Arrays.asList(words.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    String longest = all.stream().max(Comparator.comparingInt(String::length)).orElse("");
    return new DataSetSearch(client)
        .like(longest).stream()
            .filter(one -> all.stream().allMatch(name(one).toLowerCase(Locale.ROOT)::contains))
            .sorted(Comparator.comparing(DataSetList::name))
            .toList();
  }

  private static String name(DataSet dataSet) {
    return Objects.toString(dataSet.name(), "");
  }
}
