package dev.writeback.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.writeback.run.OneLine;
import dev.writeback.run.RunContext;
import dev.writeback.run.TimeText;
import dev.writeback.s3.ExistingObject;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Shows what runs would do. */
final class PlanPrinter {

  private final PrintWriter out;

  PlanPrinter(PrintWriter out) {
    this.out = out;
  }

  /** A line for each. */
  void list(List<Plan> plans) {
    Listing listing = new Listing("job", "would", "object", "rows", "bytes", "stopped by");
    for (Plan plan : plans) {
      listing.add(
          plan.job(),
          plan.inWords(),
          object(plan.run()),
          plan.rows(),
          bytes(plan),
          plan.stop() == null ? null : plan.stop().getMessage().lines().findFirst().orElse(""));
    }
    listing.print(false, out);
  }

  /** All that is known, for a person. */
  void show(Plan plan) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    put(lines, "job", plan.job());
    put(lines, "would", plan.inWords());
    RunContext run = plan.run();
    if (run != null) {
      put(lines, "slot", TimeText.of(run.getSlot(), run.getZone()));
      put(lines, "DataSet", dataSet(run));
      put(lines, "rows", Objects.toString(plan.rows(), null));
      put(lines, "columns", Objects.toString(plan.columns(), null));
      put(lines, "batches", run.getWatermark() == null ? null : run.getWatermark().inWords());
      put(lines, "object", object(run));
      put(lines, "replaces", replaces(plan));
      put(lines, "written as", writtenAs(plan.parameters()));
      put(lines, "encryption", encryption(plan.parameters()));
      put(lines, "bytes", bytes(plan));
      lines.put("notes", run.notes());
    }
    lines.put("first", plan.finishedFirst());
    put(lines, "not read", plan.unread());
    // A line for each mistake.
    lines.put(
        "stopped by", plan.stop() == null ? List.of() : plan.stop().getMessage().lines().toList());
    lines.values().removeIf(List::isEmpty);
    int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    lines.forEach(
        (name, values) ->
            out.println(
                name
                    + " ".repeat(width - name.length() + 2)
                    + values.stream()
                        .map(OneLine::of)
                        .collect(Collectors.joining("\n" + " ".repeat(width + 2)))));
    out.flush();
  }

  private static void put(Map<String, List<String>> lines, String name, String value) {
    lines.put(name, value == null || value.isEmpty() ? List.of() : List.of(value));
  }

  private static String dataSet(RunContext run) {
    String id = Objects.toString(run.getDataSetId(), run.getInputDataset());
    return run.getDataSetName() == null
        ? id
        : run.getDataSetName()
            + " ("
            + id
            + ")"
            + (run.getDataSetUpdated() == null
                ? ""
                : ", updated " + TimeText.of(run.getDataSetUpdated(), ZoneOffset.UTC));
  }

  private static String object(RunContext run) {
    return run == null || run.getKey() == null
        ? null
        : "s3://" + run.getBucket() + "/" + run.getKey();
  }

  private static String replaces(Plan plan) {
    ExistingObject existing = plan.existing();
    if (existing == null) {
      return null;
    }
    return switch (existing.state()) {
      case ABSENT -> "nothing";
      case UNKNOWN -> "not known: " + existing.refusal();
      case THERE ->
          "the object of "
              + TimeText.of(existing.modified(), ZoneOffset.UTC)
              + ", ETag "
              + existing.eTag()
              + (existing.versionId() == null ? "" : ", version " + existing.versionId())
              + ", "
              + existing.bytes()
              + " bytes";
    };
  }

  private static String writtenAs(Map<String, String> parameters) {
    String compression = parameters.get("compression");
    return parameters.get("format") + ("none".equals(compression) ? "" : ", " + compression);
  }

  private static String encryption(Map<String, String> parameters) {
    String method = parameters.get("encryptionMethod");
    String key = parameters.get("encryptionKey");
    return "none".equals(method)
        ? "none asked for, as the bucket has it"
        : method + (key == null ? "" : ", key " + key);
  }

  private static String bytes(Plan plan) {
    return plan.bytes() == null ? null : (plan.isExact() ? "" : "about ") + plan.bytes();
  }

  /** All that is known, as a JSON object in a line; times in UTC, what is not known left out. */
  void json(Plan plan) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("job", plan.job());
    node.put("outcome", plan.outcome().inWords());
    node.put("exitCode", plan.outcome().exitCode());
    RunContext run = plan.run();
    if (run != null) {
      put(node, "slot", run.getSlot());
      put(node, "zone", run.getZone());
      put(node, "dataSet", run.getDataSetId());
      put(node, "dataSetName", run.getDataSetName());
      put(node, "dataSetUpdated", run.getDataSetUpdated());
      put(node, "bucket", run.getBucket());
      put(node, "key", run.getKey());
      if (run.getWatermark() != null) {
        node.put("above", run.getWatermark().above());
        node.put("upTo", run.getWatermark().upTo());
      }
      run.notes().forEach(node.putArray("notes")::add);
    }
    node.put("rows", plan.rows());
    node.put("columns", plan.columns());
    node.put("bytes", plan.bytes());
    node.put("bytesExact", plan.isExact());
    for (String name :
        List.of("account", "role", "format", "compression", "encryptionMethod", "encryptionKey")) {
      put(node, name, plan.parameters().get(name));
    }
    if (plan.existing() != null) {
      put(node.putObject("existing"), plan.existing());
    }
    plan.finishedFirst().forEach(node.putArray("finishedFirst")::add);
    put(node, "unread", plan.unread());
    put(node, "stoppedBy", plan.stop() == null ? null : plan.stop().getMessage());
    node.properties().removeIf(entry -> entry.getValue().isNull());
    out.println(JsonLine.of(node));
    out.flush();
  }

  private static void put(ObjectNode node, ExistingObject existing) {
    node.put("state", existing.state().name().toLowerCase(Locale.ROOT));
    put(node, "eTag", existing.eTag());
    put(node, "versionId", existing.versionId());
    put(node, "modified", existing.modified());
    if (existing.bytes() != null) {
      node.put("bytes", existing.bytes());
    }
    put(node, "refusal", existing.refusal());
  }

  private static void put(ObjectNode node, String name, Object value) {
    if (value != null) {
      node.put(name, value.toString());
    }
  }
}
