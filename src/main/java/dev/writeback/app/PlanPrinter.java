package dev.writeback.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  private static final ObjectMapper JSON = new ObjectMapper();

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
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("job", plan.job());
    lines.put("would", plan.inWords());
    RunContext run = plan.run();
    if (run != null) {
      lines.put("slot", TimeText.of(run.getSlot(), run.getZone()));
      lines.put("DataSet", dataSet(run));
      lines.put("rows", Objects.toString(plan.rows(), null));
      lines.put("columns", Objects.toString(plan.columns(), null));
      lines.put("batches", run.getWatermark() == null ? null : run.getWatermark().inWords());
      lines.put("object", object(run));
      lines.put("replaces", replaces(plan));
      lines.put("written as", writtenAs(plan.parameters()));
      lines.put("encryption", encryption(plan.parameters()));
      lines.put("bytes", bytes(plan));
      lines.put("notes", joined(run.notes()));
    }
    lines.put("first", joined(plan.finishedFirst()));
    lines.put("not read", plan.unread());
    lines.put("stopped by", plan.stop() == null ? null : plan.stop().getMessage());
    lines.values().removeIf(value -> value == null || value.isEmpty());
    int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    lines.forEach(
        (name, value) ->
            out.println(
                name
                    + " ".repeat(width - name.length() + 2)
                    + value.lines().collect(Collectors.joining("\n" + " ".repeat(width + 2)))));
    out.flush();
  }

  private static String joined(List<String> texts) {
    return String.join("\n", texts);
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
    ObjectNode node = JSON.createObjectNode();
    node.put("job", plan.job());
    node.put("outcome", plan.outcome().name().toLowerCase(Locale.ROOT));
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
    out.println(node);
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
