package dev.writeback.docs;

import dev.writeback.Spec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of {@code docs/options.md}. */
final class OptionsReference {

  private static final String HEAD =
      """
      # Options

      <!-- Made of the Kamelet, the beans and the list of the connector's fields. After a change:
           mvn test -Dtest='ReadmeTest,OptionsReferenceTest' -Dreadme.write -->

      Whatever can be set of a job, an account, a role and a key. Nothing that is not listed is taken: a name that is none, and
      a value that does not fit, are said at start, with the file, the line and the word that was probably meant.

      ## Domo's fields

      Where each field of Domo's "Amazon S3 AssumeRole Writeback" is here, pane by pane, in Domo's words.

      | pane | field | here |
      |---|---|---|
      """;

  private static final String PARAMETERS =
      """

      ## A job's parameters

      They stand at the job's one step, `kamelet:domo-s3-writeback`. The label is Domo's where Domo has the field. A value is taken as it
      stands, but for placeholders such as `{{landing.bucket}}`.

      | parameter | label | default | meaning | values |
      |---|---|---|---|---|
      """;

  private static final String COLUMNS =
      """
      | option | label | default | meaning | values |
      |---|---|---|---|---|
      """;

  private OptionsReference() {}

  static String text() throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    Spec.cases("connector-fields").forEach(field -> text.append(field(field)));
    text.append(PARAMETERS);
    Kamelet kamelet = Kamelet.read();
    kamelet
        .properties()
        .forEach(
            (name, schema) ->
                text.append(parameter(name, schema, kamelet.required().contains(name))));
    for (BeanCatalog.Bean bean : BeanCatalog.read()) {
      text.append("%n## %s%n%n".formatted(bean.name()))
          .append(bean.description())
          .append(" A bean of `routes/accounts.camel.yaml`, `type: \"#class:")
          .append(bean.type())
          .append("\"`.\n\n")
          .append(COLUMNS);
      bean.options().values().forEach(option -> text.append(option(option)));
    }
    return text.toString();
  }

  static String field(Spec.Case field) {
    String here =
        field.has("here")
            ? field.text("here")
            : "`%s`".formatted(field.text("option"))
                + (field.has("bean") ? " of the `%s`".formatted(field.text("bean")) : "");
    return row(field.text("pane"), field.text("field"), here);
  }

  private static String parameter(String name, Map<String, Object> schema, boolean required) {
    return row(
        "`" + name + "`",
        schema.get("title").toString(),
        required ? "required" : code(schema.get("default")),
        schema.get("description").toString(),
        values(schema));
  }

  private static String values(Map<String, Object> schema) {
    List<String> values = new ArrayList<>();
    if (schema.get("enum") instanceof List<?> choices) {
      values.add(codes(choices));
    } else if ("boolean".equals(schema.get("type"))) {
      values.add(codes(List.of(true, false)));
    } else if ("integer".equals(schema.get("type"))) {
      values.add("a whole number");
    }
    if (schema.get("format") instanceof String format && format.startsWith("bean:")) {
      values.add("a bean of type `" + format.substring(format.lastIndexOf('.') + 1) + "`");
    } else if (schema.get("examples") instanceof List<?> examples) {
      values.add(codes(examples));
    }
    if (schema.get("example") != null) {
      values.add("such as " + code(schema.get("example")));
    }
    return String.join("; ", values);
  }

  private static String option(BeanCatalog.Option option) {
    List<String> values = new ArrayList<>();
    if (!option.choices().isEmpty()) {
      values.add(codes(option.choices()));
    } else if (option.type().equals("boolean")) {
      values.add(codes(List.of(true, false)));
    } else if (option.type().equals("duration")) {
      values.add("a duration such as `30s`, `15m`, `1h`");
    }
    if (option.secret()) {
      values.add("secret: by reference, as in `{{env:NAME}}`");
    }
    return row(
        "`" + option.name() + "`",
        option.label(),
        option.required() ? "required" : code(option.defaultValue()),
        option.description(),
        String.join("; ", values));
  }

  private static String codes(List<?> values) {
    return values.stream().map(OptionsReference::code).collect(Collectors.joining(", "));
  }

  private static String code(Object value) {
    return value == null || value.toString().isEmpty() ? "" : "`" + value + "`";
  }

  private static String row(String... cells) {
    return Arrays.stream(cells)
        .map(cell -> cell.replace("|", "\\|"))
        .map(cell -> cell.contains("`") ? cell : cell.replace("<", "&lt;"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
