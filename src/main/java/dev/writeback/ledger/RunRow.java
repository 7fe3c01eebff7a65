package dev.writeback.ledger;

import dev.writeback.run.OneLine;
import dev.writeback.run.Outcome;
import dev.writeback.run.Watermark;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A run as a row of the table {@code writeback_run}. */
final class RunRow {

  private static final String[] COLUMNS = {
    "job",
    "slot",
    "scheduled",
    "by_hand",
    "zone",
    "attempt",
    "started",
    "ended",
    "input_dataset",
    "dataset_id",
    "dataset_name",
    "dataset_updated",
    "row_protected",
    "bucket",
    "object_key",
    "file_name",
    "content_type",
    "row_count",
    "byte_count",
    "etag",
    "version_id",
    "settings",
    "watermark_above",
    "watermark_up_to",
    "rows_without_batch",
    "open_uploads",
    "outcome",
    "error",
    "notes",
    "run_id"
  };

  static final String INSERT =
      "insert into writeback_run ("
          + String.join(", ", COLUMNS)
          + ") values ("
          + String.join(", ", Collections.nCopies(COLUMNS.length, "?"))
          + ")";

  /** The start is the first attempt's. */
  private static final String UPDATE_WHERE =
      "update writeback_run set "
          + String.join(
              ", ",
              Arrays.stream(COLUMNS).limit(COLUMNS.length - 1L).map(RunRow::assignment).toList())
          + " where run_id = ? and ";

  /** What is done stays as it is. */
  static final String UPDATE =
      UPDATE_WHERE + "(ended is null or outcome not in ('DONE', 'UNCHANGED', 'NOTHING_NEW'))";

  static final String UPDATE_OPEN = UPDATE_WHERE + "ended is null";

  private RunRow() {}

  private static String assignment(String column) {
    return column + (column.equals("started") ? " = coalesce(started, ?)" : " = ?");
  }

  /** In the order of all these statements. */
  static Object[] values(RunRecord run) {
    DataSetState dataSet = run.dataSet();
    ObjectRecord object =
        run.object() == null
            ? new ObjectRecord(null, null, null, null, 0, 0, null, null, Map.of())
            : run.object();
    Watermark watermark = run.watermark();
    return new Object[] {
      run.job(),
      run.slot(),
      run.scheduled(),
      run.byHand(),
      run.zone().getId(),
      run.attempt(),
      run.started(),
      run.ended(),
      dataSet.input(),
      dataSet.id(),
      dataSet.name(),
      dataSet.updated(),
      dataSet.rowProtected(),
      object.bucket(),
      object.key(),
      object.fileName(),
      object.contentType(),
      object.rows(),
      object.bytes(),
      object.eTag(),
      object.versionId(),
      settings(object),
      watermark == null ? null : watermark.above(),
      watermark == null ? null : watermark.upTo(),
      run.rowsWithoutBatch(),
      lines(run.openUploads()),
      run.outcome() == null ? null : run.outcome().name(),
      run.error(),
      lines(run.notes()),
      run.id()
    };
  }

  /** Several texts in one column. */
  static String lines(Collection<String> texts) {
    return String.join("\n", texts.stream().map(OneLine::of).toList());
  }

  static RunRecord read(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    return new RunRecord(
        row.getString("run_id"),
        row.getString("job"),
        Database.time(row, "slot"),
        row.getBoolean("scheduled"),
        row.getBoolean("by_hand"),
        ZoneId.of(row.getString("zone")),
        row.getInt("attempt"),
        Database.time(row, "started"),
        Database.time(row, "ended"),
        new DataSetState(
            row.getString("input_dataset"),
            row.getString("dataset_id"),
            row.getString("dataset_name"),
            Database.time(row, "dataset_updated"),
            row.getBoolean("row_protected")),
        row.getString("object_key") == null ? null : object(row),
        watermark(row),
        row.getObject("rows_without_batch", Long.class),
        new TreeSet<>(lines(row, "open_uploads")),
        outcome == null ? null : Outcome.valueOf(outcome),
        row.getString("error"),
        lines(row, "notes"));
  }

  private static ObjectRecord object(ResultSet row) throws SQLException {
    return new ObjectRecord(
        row.getString("bucket"),
        row.getString("object_key"),
        row.getString("file_name"),
        row.getString("content_type"),
        row.getLong("row_count"),
        row.getLong("byte_count"),
        row.getString("etag"),
        row.getString("version_id"),
        settings(row));
  }

  private static String settings(ObjectRecord object) {
    return lines(
        new TreeMap<>(object.settings())
            .entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList());
  }

  private static Map<String, String> settings(ResultSet row) throws SQLException {
    return lines(row, "settings").stream()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
  }

  private static Watermark watermark(ResultSet row) throws SQLException {
    Long upTo = row.getObject("watermark_up_to", Long.class);
    return upTo == null ? null : new Watermark(row.getObject("watermark_above", Long.class), upTo);
  }

  private static List<String> lines(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null || text.isEmpty() ? List.of() : text.lines().toList();
  }
}
