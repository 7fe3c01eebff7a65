package dev.writeback.format;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a header as the keys of JSON objects. Keys are the names, but for columns of one
 * name, which readers of JSON would make one: the second {@code a} is {@code a_2}.
 */
final class JsonColumns {

  private static final Set<String> NUMBERS = Set.of("LONG", "DOUBLE", "DECIMAL");

  private final SerializableString[] keys;
  private final boolean[] numbers;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param types Domo's type of each column, by its name; null where nobody knows
   */
  JsonColumns(List<String> names, Map<String, String> types) {
    keys = new SerializableString[names.size()];
    numbers = new boolean[names.size()];
    Set<String> taken = new HashSet<>(names);
    Set<String> used = new HashSet<>();
    List<String> unlisted = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      String name = names.get(i);
      keys[i] = new SerializedString(used.add(name) ? name : renamed(name, taken));
      if (types != null) {
        numbers[i] = NUMBERS.contains(types.getOrDefault(name, ""));
        if (!types.containsKey(name)) {
          unlisted.add(name);
        }
      }
    }
    if (types == null) {
      notes.add("the types of the columns are not known, so that numbers are strings");
    }
    if (!unlisted.isEmpty()) {
      notes.add(
          "columns that the DataSet's schema does not list are strings: "
              + String.join(", ", unlisted));
    }
  }

  private String renamed(String name, Set<String> taken) {
    int number = 2;
    while (!taken.add(name + "_" + number)) {
      number++;
    }
    notes.add("a second column " + name + " is called " + name + "_" + number);
    return name + "_" + number;
  }

  int count() {
    return keys.length;
  }

  /**
   * @param field from 1
   */
  SerializableString key(int field) {
    return keys[field - 1];
  }

  /** Whether Domo says that the column's values are numbers. */
  boolean isNumber(int field) {
    return numbers[field - 1];
  }

  /** What an operator should know of the header. */
  List<String> notes() {
    return notes;
  }
}
