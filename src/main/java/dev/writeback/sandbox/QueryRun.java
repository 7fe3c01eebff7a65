package dev.writeback.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.writeback.sandbox.DataSet.Column;
import dev.writeback.sandbox.DataSet.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A query bound to a DataSet; writes the members of the answer that depend on the rows. */
final class QueryRun {

  private final Query query;
  private final DataSet dataSet;
  private final List<Column> answer = new ArrayList<>();
  private final List<Integer> positions = new ArrayList<>();
  private final Predicate<String[]> where;
  private final int[] groups;

  QueryRun(Query query, DataSet dataSet) throws DomoError {
    this.query = query;
    this.dataSet = dataSet;
    where = filter(query.where());
    groups = new int[query.groups().size()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = position(query.groups().get(i));
    }
    for (Query.Order order : query.order()) {
      position(order.column());
    }
    if (query.items().isEmpty()) {
      for (int i = 0; i < dataSet.columns().size(); i++) {
        positions.add(i);
        answer.add(dataSet.columns().get(i));
      }
    }
    for (Query.Item item : query.items()) {
      int position = item.column() == null ? -1 : position(item.column());
      Type type =
          item.function() == Query.Function.COUNT
              ? Type.LONG
              : dataSet.columns().get(position).type();
      positions.add(position);
      answer.add(new Column(item.label(), type));
    }
  }

  List<Column> columns() {
    return answer;
  }

  /** Whether the query is nothing but a count. */
  boolean counts() {
    return query.items().size() == 1 && query.items().get(0).function() == Query.Function.COUNT;
  }

  /** Writes the array of rows, and gives their number. */
  long writeRows(JsonGenerator json) throws IOException {
    json.writeStartArray();
    long written;
    if (groups.length > 0) {
      written = groups(json);
    } else {
      written = query.aggregates() ? aggregate(json) : select(json);
    }
    json.writeEndArray();
    return written;
  }

  private long select(JsonGenerator json) throws IOException {
    Iterator<String[]> rows = query.order().isEmpty() ? dataSet.iterator() : sorted().iterator();
    long skipped = 0;
    long written = 0;
    while (rows.hasNext() && written < query.limit()) {
      String[] row = rows.next();
      if (!where.test(row)) {
        continue;
      }
      if (skipped < query.offset()) {
        skipped++;
        continue;
      }
      json.writeStartArray();
      for (int i = 0; i < positions.size(); i++) {
        write(json, answer.get(i).type(), row[positions.get(i)]);
      }
      json.writeEndArray();
      written++;
    }
    return written;
  }

  private List<String[]> sorted() {
    List<String[]> rows = new ArrayList<>();
    dataSet
        .iterator()
        .forEachRemaining(
            row -> {
              if (where.test(row)) {
                rows.add(row);
              }
            });
    Comparator<String[]> comparator = (one, other) -> 0;
    for (Query.Order order : query.order()) {
      int at = index(order.column());
      Type type = dataSet.columns().get(at).type();
      Comparator<String[]> next =
          Comparator.comparing(
              row -> row[at], Comparator.nullsFirst((one, other) -> compare(type, one, other)));
      comparator = comparator.thenComparing(order.descending() ? next.reversed() : next);
    }
    rows.sort(comparator);
    return rows;
  }

  private long aggregate(JsonGenerator json) throws IOException {
    int size = positions.size();
    long[] counts = new long[size];
    String[] best = new String[size];
    if (counts() && positions.get(0) < 0 && query.where().equals(new Query.All(List.of()))) {
      counts[0] = dataSet.rows();
    } else {
      dataSet
          .iterator()
          .forEachRemaining(
              row -> {
                if (where.test(row)) {
                  take(row, counts, best);
                }
              });
    }
    writeAggregate(json, counts, best);
    return 1;
  }

  /** What has been found of the rows of one group. */
  private record Group(long[] counts, String[] best) {}

  private long groups(JsonGenerator json) throws IOException {
    int size = positions.size();
    Map<List<String>, Group> found = new LinkedHashMap<>();
    dataSet
        .iterator()
        .forEachRemaining(
            row -> {
              if (where.test(row)) {
                List<String> key = Arrays.stream(groups).mapToObj(at -> row[at]).toList();
                Group group =
                    found.computeIfAbsent(
                        key, absent -> new Group(new long[size], new String[size]));
                take(row, group.counts(), group.best());
              }
            });
    List<Group> answered =
        found.values().stream().skip(query.offset()).limit(query.limit()).toList();
    for (Group group : answered) {
      writeAggregate(json, group.counts(), group.best());
    }
    return answered.size();
  }

  private void writeAggregate(JsonGenerator json, long[] counts, String[] best) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < counts.length; i++) {
      if (query.items().get(i).function() == Query.Function.COUNT) {
        json.writeNumber(counts[i]);
      } else {
        write(json, answer.get(i).type(), best[i]);
      }
    }
    json.writeEndArray();
  }

  private void take(String[] row, long[] counts, String[] best) {
    for (int i = 0; i < counts.length; i++) {
      int at = positions.get(i);
      String value = at < 0 ? "" : row[at];
      if (value == null) {
        continue;
      }
      counts[i]++;
      Query.Function function = query.items().get(i).function();
      if (function == Query.Function.COUNT) {
        continue;
      }
      int order = best[i] == null ? 0 : compare(answer.get(i).type(), value, best[i]);
      boolean better = function == Query.Function.MAX ? order > 0 : order < 0;
      if (best[i] == null || better) {
        best[i] = value;
      }
    }
  }

  private Predicate<String[]> filter(Query.Filter filter) throws DomoError {
    if (filter instanceof Query.Condition condition) {
      return predicate(condition);
    }
    boolean all = filter instanceof Query.All;
    List<Query.Filter> filters =
        filter instanceof Query.Any any ? any.filters() : ((Query.All) filter).filters();
    Predicate<String[]> holds = row -> all;
    for (Query.Filter one : filters) {
      holds = all ? holds.and(filter(one)) : holds.or(filter(one));
    }
    return holds;
  }

  private Predicate<String[]> predicate(Query.Condition condition) throws DomoError {
    int at = position(condition.column());
    Type type = dataSet.columns().get(at).type();
    return switch (condition.comparison()) {
      case NULL -> row -> row[at] == null;
      case NOT_NULL -> row -> row[at] != null;
      default -> {
        if (numeric(type)) {
          requireNumber(condition);
        }
        yield new Compared(at, condition, type);
      }
    };
  }

  /** Compares a value once, however many rows in a row have it. For one thread. */
  private static final class Compared implements Predicate<String[]> {

    private final int at;
    private final Query.Condition condition;
    private final Type type;
    private String last;
    private boolean holds;

    Compared(int at, Query.Condition condition, Type type) {
      this.at = at;
      this.condition = condition;
      this.type = type;
    }

    @Override
    public boolean test(String[] row) {
      String value = row[at];
      if (value == null) {
        return false;
      }
      if (!value.equals(last)) {
        holds = condition.comparison().holds(compare(type, value, condition.value()));
        last = value;
      }
      return holds;
    }
  }

  private static void requireNumber(Query.Condition condition) throws DomoError {
    try {
      new BigDecimal(condition.value());
    } catch (NumberFormatException e) {
      throw Query.wrong(
          "column `"
              + condition.column()
              + "` holds numbers, and '"
              + condition.value()
              + "' is none");
    }
  }

  private int position(String column) throws DomoError {
    int at = index(column);
    if (at < 0) {
      throw DomoError.of(400, "Unknown column `" + column + "` in DataSet " + dataSet.id());
    }
    return at;
  }

  private int index(String column) {
    for (int i = 0; i < dataSet.columns().size(); i++) {
      if (dataSet.columns().get(i).name().equalsIgnoreCase(column)) {
        return i;
      }
    }
    return -1;
  }

  private static int compare(Type type, String one, String other) {
    if (one.equals(other)) {
      return 0;
    }
    if (numeric(type)) {
      return new BigDecimal(one).compareTo(new BigDecimal(other));
    }
    return one.compareTo(other);
  }

  private static boolean numeric(Type type) {
    return type == Type.LONG || type == Type.DOUBLE || type == Type.DECIMAL;
  }

  private static void write(JsonGenerator json, Type type, String value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (type == Type.DOUBLE) {
      json.writeNumber(Double.parseDouble(value));
    } else if (numeric(type)) {
      json.writeNumber(value);
    } else {
      json.writeString(value);
    }
  }
}
