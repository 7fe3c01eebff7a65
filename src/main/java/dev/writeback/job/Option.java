package dev.writeback.job;

import java.util.List;
import java.util.Map;

/**
 * One parameter of a Kamelet, as its schema describes it.
 *
 * @param title the label that a person sees
 * @param description what it means, in full sentences
 * @param type {@code string}, {@code boolean}, {@code integer} or {@code number}
 * @param choices the values that may be chosen; empty where any will do
 * @param pattern the shape of a value, or null
 * @param examples values of that shape; all that have a name
 * @param example one value of that shape, or null
 * @param otherwise the value where none is given, or null
 * @param beanType the class of the bean that the value names, or null
 */
public record Option(
    String name,
    String title,
    String description,
    String type,
    List<String> choices,
    String pattern,
    List<String> examples,
    String example,
    String otherwise,
    String beanType,
    boolean required) {

  /** What the schema's {@code format} begins with where a value is the name of a bean. */
  private static final String BEAN = "bean:";

  static Option of(String name, Map<?, ?> schema, boolean required) {
    String format = text(schema.get("format"));
    return new Option(
        name,
        text(schema.get("title")),
        text(schema.get("description")),
        schema.get("type") == null ? "string" : text(schema.get("type")),
        texts(schema.get("enum")),
        text(schema.get("pattern")),
        texts(schema.get("examples")),
        text(schema.get("example")),
        text(schema.get("default")),
        format != null && format.startsWith(BEAN) ? format.substring(BEAN.length()) : null,
        required);
  }

  private static List<String> texts(Object values) {
    return values instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}
