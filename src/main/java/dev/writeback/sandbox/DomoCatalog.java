package dev.writeback.sandbox;

import dev.writeback.sandbox.DataSet.Type;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The DataSets that are there, and when each was updated last. Thread-safe. */
final class DomoCatalog {

  private static final Pattern GENERATED = Pattern.compile("00000000-0000-4000-8000-(\\d{12})");
  private static final Instant UPDATED = Instant.parse("2026-01-15T06:00:12Z");
  private static final long SEED = 2026;
  private static final long ROWS_IN_BATCH = 250_000;

  private final Map<String, DataSet> dataSets = new ConcurrentSkipListMap<>();
  private final Map<String, Instant> updated = new ConcurrentHashMap<>();
  private final Map<String, String> updateMethods = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();
  private final DomoAccess access = new DomoAccess();

  DomoCatalog() {
    add(
        TableDataSet.resource(
            SandboxDomo.AIRPORTS,
            "Airports",
            "Airports of the United States: a work of the U.S. Government, in the public domain",
            "airports.csv",
            List.of(
                Type.STRING,
                Type.STRING,
                Type.STRING,
                Type.STRING,
                Type.STRING,
                Type.DOUBLE,
                Type.DOUBLE)));
    add(
        TableDataSet.resource(
            SandboxDomo.WEATHER,
            "Seattle Weather",
            "Daily weather in Seattle: a work of the U.S. Government, in the public domain",
            "seattle-weather.csv",
            List.of(Type.DATE, Type.DOUBLE, Type.DOUBLE, Type.DOUBLE, Type.DOUBLE, Type.STRING)));
    add(
        TableDataSet.resource(
            SandboxDomo.ORDERS,
            "Orders with everything",
            "Made up for the sandbox: every difficulty that a CSV file can have",
            "orders.csv",
            List.of(
                Type.LONG,
                Type.DATE,
                Type.STRING,
                Type.DECIMAL,
                Type.STRING,
                Type.DOUBLE,
                Type.DATETIME)));
    add(
        TableDataSet.resource(
            SandboxDomo.ONE_COLUMN,
            "One column",
            "Made up for the sandbox: one column, some of it null",
            "one-column.csv",
            List.of(Type.STRING)));
  }

  void add(DataSet dataSet) {
    dataSets.put(dataSet.id(), dataSet);
    updated.putIfAbsent(dataSet.id(), UPDATED);
  }

  String generate(String name, long rows) {
    String id = generatedId(rows);
    add(new GeneratedDataSet(id, name, rows, ROWS_IN_BATCH, SEED));
    return id;
  }

  String batches(String name, int... sizes) {
    DataSet dataSet = GeneratedDataSet.ofBatches(newId(), name, sizes, SEED);
    add(dataSet);
    return dataSet.id();
  }

  String table(String name, String csv, List<Type> types) {
    String description = "A table that was handed to the sandbox";
    try {
      DataSet dataSet = TableDataSet.read(newId(), name, description, new StringReader(csv), types);
      add(dataSet);
      return dataSet.id();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String newId() {
    return "00000000-0000-4000-a000-%012d".formatted(made.incrementAndGet());
  }

  /** Who reads the DataSet already goes on with what it was. */
  void append(String id, int rows) throws DomoError {
    get(id);
    dataSets.computeIfPresent(id, (same, dataSet) -> dataSet.appended(rows));
    update(id, updated(id).plusSeconds(60));
  }

  /** The DataSet's rows are those of this CSV from now on. */
  void replace(String id, String csv) throws DomoError {
    DataSet dataSet = get(id);
    List<Type> types = dataSet.columns().stream().map(DataSet.Column::type).toList();
    try {
      dataSets.put(
          id,
          TableDataSet.read(
              id, dataSet.name(), dataSet.description(), new StringReader(csv), types));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    update(id, updated(id).plusSeconds(60));
  }

  void setUpdateMethod(String id, String method) {
    updateMethods.put(id, method);
  }

  String updateMethod(DataSet dataSet) {
    boolean appended =
        dataSet.columns().stream().anyMatch(column -> column.name().equals("_BATCH_ID_"));
    return updateMethods.getOrDefault(dataSet.id(), appended ? "APPEND" : "REPLACE");
  }

  static String generatedId(long rows) {
    if (rows < 0 || rows > 999_999_999_999L) {
      throw new IllegalArgumentException(
          "A generated DataSet has 0 to 999999999999 rows, not " + rows);
    }
    return "00000000-0000-4000-8000-%012d".formatted(rows);
  }

  /** The DataSet of this id; one with a generated DataSet's id comes into being by being asked. */
  DataSet get(String id) throws DomoError {
    DataSet dataSet = dataSets.get(id);
    Matcher generated = GENERATED.matcher(id);
    if (dataSet == null && generated.matches()) {
      long rows = Long.parseLong(generated.group(1));
      generate("Generated, " + rows + " rows", rows);
      dataSet = dataSets.get(id);
    }
    if (dataSet == null) {
      throw DomoError.of(404, "DataSet " + id + " not found");
    }
    return dataSet;
  }

  /** What the token's user may read of the DataSet of this id. */
  DataSet visible(String id) throws DomoError {
    return access.visible(get(id));
  }

  /** The DataSets that a list shows: not those that were deleted. */
  List<DataSet> all() {
    return new ArrayList<>(
        dataSets.values().stream().filter(one -> !access.isDeleted(one.id())).toList());
  }

  void rename(String id, String name) {
    dataSets.computeIfPresent(id, (same, dataSet) -> new NamedDataSet(name, dataSet));
  }

  DomoAccess access() {
    return access;
  }

  Instant updated(String id) {
    return updated.getOrDefault(id, UPDATED);
  }

  void update(String id, Instant when) {
    updated.put(id, when);
  }

  /** The DataSets that a stream feeds; one of them has none, as happens in Domo too. */
  List<DataSet> streamed() {
    return all().stream().filter(one -> !one.id().equals(SandboxDomo.ONE_COLUMN)).toList();
  }

  int streamId(DataSet dataSet) {
    return Math.floorMod(dataSet.id().hashCode(), 100_000) + 1;
  }
}
