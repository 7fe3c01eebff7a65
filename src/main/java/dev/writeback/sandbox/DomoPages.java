package dev.writeback.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The lists and descriptions of DataSets and streams, as JSON objects. */
final class DomoPages {

  private static final int MAX_DATASETS = 50;
  private static final int MAX_STREAMS = 500;
  private static final Instant CREATED = Instant.parse("2024-02-29T20:56:20.567Z");

  /** The other orders of the documented list, which the sandbox takes for the order it has. */
  private static final Set<String> UNSORTED =
      Set.of(
          "lastTouched",
          "lastTouchedAscending",
          "createdAt",
          "createdAtAscending",
          "cardCount",
          "cardCountAscending",
          "cardViewCount",
          "cardViewCountAscending",
          "errorState",
          "errorStateDescending");

  private final DomoCatalog catalog;

  DomoPages(DomoCatalog catalog) {
    this.catalog = catalog;
  }

  List<Map<String, Object>> dataSets(Map<String, String> query) throws DomoError {
    String like = query.getOrDefault("nameLike", "").toLowerCase(Locale.ROOT);
    return catalog.all().stream()
        .filter(dataSet -> dataSet.name().toLowerCase(Locale.ROOT).contains(like))
        .sorted(order(query.getOrDefault("sort", "name")))
        .skip(number(query, "offset", 0))
        .limit(Math.min(number(query, "limit", MAX_DATASETS), MAX_DATASETS))
        .map(dataSet -> summary(dataSet, dataSet.rows()))
        .toList();
  }

  private Comparator<DataSet> order(String sort) throws DomoError {
    Comparator<DataSet> byName = Comparator.comparing(DataSet::name);
    Comparator<DataSet> byUpdate = Comparator.comparing(one -> catalog.updated(one.id()));
    Comparator<DataSet> byId = Comparator.comparing(DataSet::id);
    return switch (sort) {
      case "", "name" -> byName;
      case "nameDescending" -> byName.reversed();
      case "lastUpdated" -> byUpdate.reversed();
      case "lastUpdatedAscending" -> byUpdate;
      case "dataSourceId" -> byId;
      default -> {
        if (!UNSORTED.contains(sort)) {
          throw DomoError.of(400, "Unknown sort: " + sort);
        }
        yield byName;
      }
    };
  }

  /** The description of one DataSet, which may tell a number of rows that is not the true one. */
  Map<String, Object> dataSet(DataSet dataSet, long rows) {
    if (catalog.access().isDeleted(dataSet.id())) {
      return Map.of("id", dataSet.id(), "name", dataSet.name(), "deleted", true);
    }
    Map<String, Object> page = summary(dataSet, rows);
    List<Map<String, String>> columns =
        dataSet.columns().stream()
            .map(column -> Map.of("type", column.type().name(), "name", column.name()))
            .toList();
    page.put("schema", Map.of("columns", columns));
    page.put("policies", List.of());
    return page;
  }

  private Map<String, Object> summary(DataSet dataSet, long rows) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("id", dataSet.id());
    page.put("name", dataSet.name());
    page.put("description", dataSet.description());
    page.put("rows", rows);
    page.put("columns", dataSet.columns().size());
    DomoAccess.User owner = catalog.access().owner(dataSet.id());
    page.put("owner", Map.of("id", owner.id(), "name", owner.name()));
    page.put("createdAt", CREATED.toString());
    page.put("updatedAt", text(catalog.updated(dataSet.id())));
    page.put("dataCurrentAt", text(catalog.updated(dataSet.id())));
    page.put("pdpEnabled", catalog.access().isProtected(dataSet.id()));
    return page;
  }

  List<Map<String, Object>> streams(Map<String, String> query) throws DomoError {
    return page(catalog.streamed(), query, this::stream);
  }

  /** Answers {@code q=dataSource.id:...} and {@code q=dataSource.owner.id:...}. */
  List<Map<String, Object>> searchStreams(Map<String, String> query) throws DomoError {
    String wanted = query.getOrDefault("q", "");
    String[] parts = wanted.split(":", 2);
    List<DataSet> found =
        switch (parts[0]) {
          case "dataSource.id" ->
              catalog.streamed().stream().filter(one -> one.id().equals(parts[1])).toList();
          case "dataSource.owner.id" ->
              parts[1].equals(String.valueOf(SandboxDomo.OWNER_ID))
                  ? catalog.streamed()
                  : List.of();
          default -> throw DomoError.of(400, "Unknown search: " + wanted);
        };
    return page(found, query, this::stream);
  }

  Map<String, Object> stream(String id) throws DomoError {
    return stream(streamed(id));
  }

  private DataSet streamed(String id) throws DomoError {
    return catalog.streamed().stream()
        .filter(one -> String.valueOf(catalog.streamId(one)).equals(id))
        .findFirst()
        .orElseThrow(() -> DomoError.of(404, "Stream " + id + " not found"));
  }

  private Map<String, Object> stream(DataSet dataSet) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("id", catalog.streamId(dataSet));
    page.put("dataSet", summary(dataSet, dataSet.rows()));
    page.put("updateMethod", catalog.updateMethod(dataSet));
    page.put("createdAt", CREATED.toString());
    page.put("modifiedAt", text(catalog.updated(dataSet.id())));
    return page;
  }

  List<Map<String, Object>> executions(String streamId, Map<String, String> query)
      throws DomoError {
    return page(List.of(streamed(streamId)), query, this::execution);
  }

  Map<String, Object> execution(String streamId, String executionId) throws DomoError {
    if (!executionId.equals("1")) {
      throw DomoError.of(404, "Execution " + executionId + " not found");
    }
    return execution(streamed(streamId));
  }

  private Map<String, Object> execution(DataSet dataSet) {
    Instant updated = catalog.updated(dataSet.id());
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("id", 1);
    page.put("startedAt", text(updated.minusSeconds(60)));
    page.put("currentState", "SUCCESS");
    page.put("createdAt", text(updated.minusSeconds(60)));
    page.put("modifiedAt", text(updated));
    return page;
  }

  private static List<Map<String, Object>> page(
      List<DataSet> all, Map<String, String> query, Function<DataSet, Map<String, Object>> as)
      throws DomoError {
    return all.stream()
        .skip(number(query, "offset", 0))
        .limit(Math.min(number(query, "limit", MAX_DATASETS), MAX_STREAMS))
        .map(as)
        .toList();
  }

  private static long number(Map<String, String> query, String name, long absent) throws DomoError {
    String text = query.getOrDefault(name, "");
    if (text.isEmpty()) {
      return absent;
    }
    if (!text.matches("\\d{1,9}")) {
      throw DomoError.of(400, name + " must be a number, but is '" + text + "'");
    }
    return Long.parseLong(text);
  }

  /** Domo's examples have times with and without a fraction. */
  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
