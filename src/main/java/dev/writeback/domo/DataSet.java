package dev.writeback.domo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A DataSet's metadata, as Domo's DataSet API tells it. Whatever Domo leaves out is null (an empty
 * list, false).
 *
 * @param rows rows as Domo last counted them: it lags after an upload, and counts rows that a
 *     policy (PDP) hides from this client
 * @param schema the columns; not always with those that Domo adds, such as {@code _BATCH_ID_}
 * @param updatedAt when the data or the metadata last changed
 * @param dataCurrentAt when the data last changed
 * @param pdpEnabled whether personalized data permissions hide rows
 * @param deleted whether it is gone; then little else is told
 */
public record DataSet(
    String id,
    String name,
    String description,
    Long rows,
    Long columns,
    List<Column> schema,
    Owner owner,
    Instant createdAt,
    Instant updatedAt,
    Instant dataCurrentAt,
    boolean pdpEnabled,
    boolean deleted) {

  /**
   * @param type STRING, DECIMAL, LONG, DOUBLE, DATE or DATETIME
   */
  public record Column(String name, String type) {}

  private static final Map<String, String> BATCH_COLUMNS =
      Map.of("_BATCH_ID_", "LONG", "_BATCH_LAST_RUN_", "DATETIME");

  /** The Domo user to whom the DataSet belongs. */
  public record Owner(Long id, String name) {

    @Override
    public String toString() {
      return name == null ? String.valueOf(id) : name + " (" + id + ")";
    }
  }

  /**
   * The type of each column by its name, with the batch columns that Domo adds to an export and
   * does not always list. Columns that share a name without sharing a type are a STRING.
   */
  Map<String, String> columnTypes() {
    Map<String, String> types = new HashMap<>(BATCH_COLUMNS);
    Set<String> seen = new HashSet<>();
    for (Column column : schema) {
      boolean isOther =
          !seen.add(column.name()) && !Objects.equals(types.get(column.name()), column.type());
      types.put(column.name(), isOther ? "STRING" : column.type());
    }
    return types;
  }

  static DataSet of(JsonNode json) {
    List<Column> schema = new ArrayList<>();
    for (JsonNode column : json.path("schema").path("columns")) {
      schema.add(new Column(text(column, "name"), text(column, "type")));
    }
    JsonNode owner = json.path("owner");
    return new DataSet(
        text(json, "id"),
        text(json, "name"),
        text(json, "description"),
        number(json, "rows"),
        number(json, "columns"),
        List.copyOf(schema),
        owner.isObject() ? new Owner(number(owner, "id"), text(owner, "name")) : null,
        instant(json, "createdAt"),
        instant(json, "updatedAt"),
        instant(json, "dataCurrentAt"),
        json.path("pdpEnabled").asBoolean(),
        json.path("deleted").asBoolean());
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).isValueNode() && !json.path(name).isNull()
        ? json.path(name).asText()
        : null;
  }

  /** Domo's examples have ids of users as numbers and as texts. */
  static Long number(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isTextual() && value.textValue().matches("\\d{1,18}")) {
      return Long.valueOf(value.textValue());
    }
    return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
  }

  /** Domo writes its times with and without a fraction of the second. */
  private static Instant instant(JsonNode json, String name) {
    try {
      String text = text(json, name);
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
