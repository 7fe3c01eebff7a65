package dev.writeback.docs;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The text of {@code routes/editor.schema.json}: what an editor completes and marks in route files.
 * Made of the Kamelet's schema, the beans and the words of Camel's YAML DSL. It is stricter than
 * Camel only where jobs are; what it does not know is left to the program's own check.
 */
final class EditorSchema {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KAMELET = "kamelet:domo-s3-writeback";

  /** A value may always be a setting, or be made of some. */
  private static final String PLACEHOLDER = "\\{\\{.+\\}\\}";

  private EditorSchema() {}

  static String text() throws IOException {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "Route files of domo-s3-writeback");
    schema.put(
        "$comment",
        "Made by the test EditorSchemaTest. After a change: mvn test -Dtest=EditorSchemaTest"
            + " -Dreadme.write");
    schema.put("type", "array");
    ObjectNode element = object(schema.putObject("items"));
    element.put("minProperties", 1).put("maxProperties", 1);
    JsonNode camel = camel();
    ObjectNode elements = element.putObject("properties");
    for (String name : names(camel.at("/items/properties"))) {
      elements.putObject(name);
    }
    elements.remove(List.of("from", "templatedRoute"));
    elements.set("route", route(camel));
    elements.set("beans", beans());
    ObjectNode definitions = schema.putObject("definitions");
    definitions.set("steps", steps(camel));
    definitions.set("parameters", parameters());
    return JSON.writer(
                new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance))
            .writeValueAsString(schema)
        + "\n";
  }

  private static JsonNode camel() throws IOException {
    try (InputStream in = EditorSchema.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      return JSON.readTree(in);
    }
  }

  private static List<String> names(JsonNode properties) {
    return properties.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  private static ObjectNode object(ObjectNode node) {
    return node.put("type", "object").put("additionalProperties", false);
  }

  private static ObjectNode route(JsonNode camel) {
    ObjectNode route = object(JSON.createObjectNode());
    route.putArray("required").add("id").add("description").add("from");
    ObjectNode options = route.putObject("properties");
    for (String name :
        names(camel.at("/items/definitions/org.apache.camel.model.RouteDefinition/properties"))) {
      options.putObject(name);
    }
    text(options, "id", "The job's name, in history and alerts; the file is called so, too.");
    text(options, "description", "What the job is for, in a line.");
    text(options, "routeConfigurationId", "Who repeats a failed run: writeback.");
    ObjectNode from = object(options.putObject("from"));
    from.put("description", "When the job runs.");
    from.putArray("required").add("uri").add("steps");
    ObjectNode trigger = from.putObject("properties");
    text(
        trigger,
        "uri",
        "quartz:writeback/ and the route's id, for a job on a schedule; direct: and its id, for one"
            + " that is called.");
    trigger.putObject("parameters").put("type", "object");
    trigger.putObject("steps").put("$ref", "#/definitions/steps");
    for (String name : List.of("id", "description", "note", "variableReceive")) {
      trigger.putObject(name);
    }
    ObjectNode quartz = from.putArray("allOf").addObject();
    quartz.putObject("if").putObject("properties").putObject("uri").put("pattern", "^quartz:");
    quartz.set("then", quartz());
    return route;
  }

  private static ObjectNode quartz() {
    ObjectNode then = JSON.createObjectNode();
    then.putArray("required").add("parameters");
    ObjectNode parameters = then.putObject("properties").putObject("parameters");
    parameters.putArray("required").add("stateful");
    ObjectNode options = parameters.putObject("properties");
    ObjectNode cron =
        text(
            options,
            "cron",
            "When it runs: seconds, minutes, hours, day of the month, month, day of the week.");
    cron.putArray("examples").add("0 0 6 * * ?");
    text(options, "trigger.timeZone", "The zone of the cron, and of the dates in names.")
        .putArray("examples")
        .add("America/Denver")
        .add("UTC");
    ObjectNode stateful = options.putObject("stateful");
    stateful.put("description", "Keeps a long run from being overtaken by the next: true.");
    stateful.putArray("enum").add(true).add("true");
    ObjectNode zone = parameters.putObject("dependencies");
    zone.putArray("cron").add("trigger.timeZone");
    return then;
  }

  private static ObjectNode text(ObjectNode options, String name, String description) {
    return options.putObject(name).put("type", "string").put("description", description);
  }

  private static ObjectNode steps(JsonNode camel) {
    ObjectNode steps = JSON.createObjectNode().put("type", "array");
    ObjectNode step = object(steps.putObject("items"));
    step.put("minProperties", 1).put("maxProperties", 1);
    ObjectNode known = step.putObject("properties");
    JsonNode definitions = camel.at("/items/definitions");
    for (String name :
        names(definitions.path("org.apache.camel.model.ProcessorDefinition").path("properties"))) {
      known.putObject(name);
    }
    known.remove("kamelet");
    ObjectNode to = object(known.putObject("to"));
    to.put("description", "Sends to an endpoint; a job has one, " + KAMELET + ".");
    to.putArray("required").add("uri");
    ObjectNode options = to.putObject("properties");
    for (String name :
        names(definitions.at("/org.apache.camel.model.ToDefinition/oneOf/1/properties"))) {
      options.putObject(name);
    }
    options.putObject("uri").put("type", "string").putArray("examples").add(KAMELET);
    options.putObject("parameters").put("type", "object");
    ObjectNode job = to.putArray("allOf").addObject();
    job.putObject("if").putObject("properties").putObject("uri").put("const", KAMELET);
    ObjectNode then = job.putObject("then");
    then.putArray("required").add("parameters");
    then.putObject("properties").putObject("parameters").put("$ref", "#/definitions/parameters");
    return steps;
  }

  private static ObjectNode parameters() throws IOException {
    Kamelet kamelet = Kamelet.read();
    ObjectNode parameters = object(JSON.createObjectNode());
    ArrayNode required = parameters.putArray("required");
    kamelet.required().forEach(name -> required.add(name.toString()));
    ObjectNode options = parameters.putObject("properties");
    kamelet
        .properties()
        .forEach((name, schema) -> options.set(name, option(JSON.valueToTree(schema))));
    return parameters;
  }

  /** As the Kamelet has it, or a placeholder; every value may be written as a text. */
  private static ObjectNode option(JsonNode schema) {
    ObjectNode option = JSON.createObjectNode();
    for (String name : List.of("title", "description", "default")) {
      if (schema.has(name) && !schema.get(name).asText().isEmpty()) {
        option.set(name, schema.get(name));
      }
    }
    ArrayNode examples = option.putArray("examples");
    schema.path("examples").forEach(examples::add);
    if (schema.has("example") && examples.isEmpty()) {
      examples.add(schema.get("example"));
    }
    if (examples.isEmpty()) {
      option.remove("examples");
    }
    ArrayNode forms = option.putArray("anyOf");
    if (schema.has("enum")) {
      forms.addObject().set("enum", schema.get("enum"));
    } else if (schema.path("type").asText().equals("boolean")) {
      forms.addObject().putArray("enum").add(true).add(false).add("true").add("false");
    } else if (schema.has("pattern")) {
      forms.addObject().putArray("type").add("string").add("number");
      ((ObjectNode) forms.get(0)).put("pattern", pattern(schema.get("pattern").asText()));
    } else {
      forms.addObject().putArray("type").add("string").add("number").add("boolean");
    }
    forms.addObject().put("type", "string").put("pattern", PLACEHOLDER);
    return option;
  }

  /** As ECMA 262 has it, which editors use. */
  private static String pattern(String java) {
    return "^(" + java.replace("\\p{Cntrl}", "\\u0000-\\u001f\\u007f") + ")$";
  }

  private static ObjectNode beans() throws IOException {
    ObjectNode beans = JSON.createObjectNode().put("type", "array");
    ObjectNode bean = beans.putObject("items").put("type", "object");
    bean.putArray("required").add("name").add("type");
    ObjectNode common = bean.putObject("properties");
    text(common, "name", "What jobs call it.");
    ObjectNode type = text(common, "type", "What it is.");
    ArrayNode types = type.putArray("examples");
    ArrayNode kinds = bean.putArray("allOf");
    for (BeanCatalog.Bean one : BeanCatalog.read()) {
      types.add("#class:" + one.type());
      ObjectNode kind = kinds.addObject();
      ArrayNode names =
          kind.putObject("if").putObject("properties").putObject("type").putArray("enum");
      names.add("#class:" + one.type()).add(one.type());
      ObjectNode then = kind.putObject("then");
      then.putArray("required").add("properties");
      ObjectNode options = object(then.putObject("properties").putObject("properties"));
      options.put("description", one.description());
      ArrayNode required = options.putArray("required");
      ObjectNode properties = options.putObject("properties");
      one.options()
          .values()
          .forEach(
              option -> {
                properties.set(option.name(), property(option));
                if (option.required()) {
                  required.add(option.name());
                }
              });
    }
    return beans;
  }

  private static ObjectNode property(BeanCatalog.Option option) {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("type", option.type().equals("boolean") ? "boolean" : "string");
    schema.put("title", option.label()).put("description", option.description());
    if (option.defaultValue() != null) {
      schema.put("default", option.defaultValue());
    }
    if (!option.choices().isEmpty()) {
      schema.set("enum", JSON.valueToTree(option.choices()));
    }
    return option(schema);
  }
}
