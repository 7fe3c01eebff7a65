package dev.writeback.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.writeback.ledger.ObjectRecord;
import dev.writeback.ledger.RunRecord;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;

/** Runs as JSON, an object a line; times in UTC, what is not known left out. */
final class HistoryLines implements HistoryPrinter {

  @Override
  public void print(List<RunRecord> runs, PrintWriter out) {
    runs.forEach(run -> out.println(JsonLine.of(object(run))));
    out.flush();
  }

  private static ObjectNode object(RunRecord run) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    put(node, "run", run.id());
    put(node, "job", run.job());
    put(node, "slot", run.slot());
    node.put("scheduled", run.scheduled());
    node.put("byHand", run.byHand());
    put(node, "zone", run.zone());
    node.put("attempt", run.attempt());
    put(node, "started", run.started());
    put(node, "ended", run.ended());
    put(node, "outcome", run.outcome() == null ? null : run.outcome().inWords());
    put(node, "dataSet", run.dataSet().id());
    put(node, "dataSetName", run.dataSet().name());
    put(node, "dataSetUpdated", run.dataSet().updated());
    node.put("rowProtected", run.dataSet().rowProtected());
    if (run.object() != null) {
      put(node, run.object());
    }
    if (run.watermark() != null) {
      node.put("above", run.watermark().above());
      node.put("upTo", run.watermark().upTo());
    }
    put(node, "rowsWithoutBatch", run.rowsWithoutBatch());
    put(node, "error", run.error());
    run.openUploads().forEach(node.putArray("openUploads")::add);
    run.notes().forEach(node.putArray("notes")::add);
    return node;
  }

  private static void put(ObjectNode node, ObjectRecord object) {
    put(node, "bucket", object.bucket());
    put(node, "key", object.key());
    node.put("rows", object.rows());
    node.put("bytes", object.bytes());
    put(node, "eTag", object.eTag());
    put(node, "versionId", object.versionId());
  }

  private static void put(ObjectNode node, String name, Object value) {
    if (value != null) {
      node.put(name, Objects.toString(value));
    }
  }
}
