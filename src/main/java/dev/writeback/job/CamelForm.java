package dev.writeback.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form of a part of a route file, as the schema of Camel's YAML DSL has it: a map with these
 * entries, a list of those, a text.
 */
final class CamelForm {

  private static final String FILE = "/schema/camelYamlDsl.json";
  private static final String REFERENCE = "#/items/definitions/";

  private final JsonNode root;
  private final JsonNode schema;

  private CamelForm(JsonNode root, JsonNode schema) {
    this.root = root;
    this.schema = resolved(root, schema);
  }

  private static JsonNode resolved(JsonNode root, JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() || schema.has("properties")
        ? schema
        : root.at("/items/definitions").path(reference.substring(REFERENCE.length()));
  }

  /** A whole route file. */
  static CamelForm ofFile() {
    return Holder.FILE;
  }

  private static final class Holder {
    private static final CamelForm FILE = read();

    private static CamelForm read() {
      try (InputStream in = CamelForm.class.getResourceAsStream(CamelForm.FILE)) {
        JsonNode root = new ObjectMapper().readTree(in);
        return new CamelForm(root, root);
      } catch (IOException e) {
        throw new IllegalStateException(CamelForm.FILE, e);
      }
    }
  }

  private CamelForm form(JsonNode part) {
    return new CamelForm(root, part);
  }

  /** Whether a text may stand in place of the map: what only people write. */
  boolean hasShortForm() {
    return schema.path("oneOf").isArray()
        && schema.path("oneOf").path(0).path("type").asText().equals("string");
  }

  /** Without the short form, where there is one. */
  CamelForm inFull() {
    return hasShortForm() ? form(schema.path("oneOf").path(1)) : this;
  }

  /** {@code array}, {@code object}, {@code string}, {@code boolean} or {@code number}. */
  String type() {
    return schema.path("type").asText();
  }

  CamelForm items() {
    return form(schema.path("items"));
  }

  /** Whether it takes no other entries than its own. */
  boolean isClosed() {
    return !entries().isEmpty() && schema.path("additionalProperties").isBoolean();
  }

  /** Whether it takes one entry alone. */
  boolean isChoice() {
    return schema.path("maxProperties").asInt() == 1;
  }

  /** The entries of a map; where they depend on each other, all. */
  Map<String, CamelForm> entries() {
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    collect(schema, entries);
    Map<String, CamelForm> forms = new LinkedHashMap<>();
    entries.forEach((name, entry) -> forms.put(name, form(entry)));
    return forms;
  }

  private static void collect(JsonNode schema, Map<String, JsonNode> entries) {
    schema
        .path("properties")
        .properties()
        .forEach(
            entry -> {
              if (entries.getOrDefault(entry.getKey(), MissingNode.getInstance()).isEmpty()) {
                entries.put(entry.getKey(), entry.getValue());
              }
            });
    schema.path("anyOf").forEach(branch -> collect(branch, entries));
    schema.path("oneOf").forEach(branch -> collect(branch, entries));
  }

  /** Whether nothing is known of it: a language that stands where its expression should. */
  boolean isUnknown() {
    return schema.isEmpty();
  }

  List<String> required() {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    return required;
  }

  /** The values that may be chosen; empty where any will do. */
  List<String> choices() {
    List<String> choices = new ArrayList<>();
    schema.path("enum").forEach(choice -> choices.add(choice.asText()));
    return choices;
  }
}
