package dev.writeback.job;

import dev.writeback.run.NearestWord;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Holds a route file against the form that Camel's YAML DSL has, in its long form alone: the one
 * that tools write, and in which every option has a name.
 */
final class FormCheck {

  private static final String EXPRESSION = "expression";

  private static final int LONGEST_SHOWN = 40;

  /** What Camel takes, and a job must not have. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "kamelet",
          "two jobs with equal parameters would share one such step - write 'to:' instead, and"
              + " below it 'uri: kamelet:' with the name",
          "from",
          "no route around it, so it has no id - write '- route:' with id and description, and"
              + " this below it",
          "templatedRoute",
          "its steps stand elsewhere, so that no place could be told - write '- route:' with its"
              + " steps");

  private final Findings found;

  /**
   * @param found is told each mistake
   */
  FormCheck(Findings found) {
    this.found = found;
  }

  /** One of the elements of a file. */
  void element(YamlNode element) {
    check(element, CamelForm.ofFile().items());
  }

  /** That a file is a list of elements, whatever these are. */
  void file(YamlNode file) {
    if (!file.isList()) {
      notAList(file);
    }
  }

  private void check(YamlNode node, CamelForm form) {
    CamelForm full = form.inFull();
    switch (full.type()) {
      case "array" -> list(node, full);
      case "object" -> map(node, form);
      case "boolean" -> text(node, List.of("true", "false"));
      case "number" -> number(node);
      case "string" -> text(node, full.choices());
      default -> {
        if (!full.entries().isEmpty()) {
          map(node, form);
        }
      }
    }
  }

  private void list(YamlNode node, CamelForm form) {
    if (node.isList()) {
      node.items().forEach(item -> check(item, form.items()));
    } else {
      notAList(node);
    }
  }

  private void notAList(YamlNode node) {
    tell(node, "not a list - begin each of its elements on a line of its own with '- '");
  }

  private void tell(YamlNode node, String text) {
    found.add(node.place(), new Problem(node.name(), text));
  }

  private void map(YamlNode node, CamelForm form) {
    CamelForm full = form.inFull();
    if (!node.isMap()) {
      if (full.isClosed() || form.hasShortForm()) {
        tell(node, notAMap(node, form));
      }
      return;
    }
    node.repeated()
        .forEach(
            (key, place) ->
                found.add(
                    place,
                    new Problem(key, "stands twice in the same place - leave one of them out")));
    Map<String, YamlNode> entries = node.entries();
    Map<String, CamelForm> known = full.entries();
    if (full.isClosed()) {
      entries.forEach((key, value) -> entry(node.name(), value, full, known));
      if (full.isChoice() && entries.size() > 1) {
        found.add(
            entries.values().stream().skip(1).findFirst().orElseThrow().place(),
            new Problem(
                entries.keySet().stream().skip(1).findFirst().orElseThrow(),
                "a second one in the same element - begin it with '- ' on a line of its own"));
      }
    }
    for (String required : full.required()) {
      if (!entries.containsKey(required)) {
        found.add(
            node.place(),
            new Problem(
                required, "missing - add to " + node.name() + " the line '" + required + ": ...'"));
      }
    }
  }

  private void entry(String parent, YamlNode value, CamelForm form, Map<String, CamelForm> known) {
    CamelForm entry = known.get(value.name());
    if (entry == null) {
      tell(value, unknown(parent, value.name(), form, known.keySet()));
    } else if (form.isChoice() && REFUSED.containsKey(value.name())) {
      tell(value, REFUSED.get(value.name()));
    } else if (!entry.isUnknown()) {
      check(value, entry);
      if (value.name().equals("parameters")) {
        value.entries().values().stream().filter(each -> !each.isText()).forEach(this::notAText);
      }
      if (value.name().equals("uri") && value.isText() && value.text().contains("?")) {
        tell(value, "the short form - write what follows the '?' below it, under 'parameters:'");
      }
    } else if (known.containsKey(EXPRESSION) && !value.name().equals(EXPRESSION)) {
      tell(value, "the short form - write a line 'expression:' above it, and indent it below");
    }
  }

  private static String unknown(
      String parent, String key, CamelForm form, Collection<String> known) {
    String what =
        parent.isEmpty()
            ? "no element of a route file"
            : form.isChoice() ? "no such step" : "unknown in " + parent;
    return what
        + " - "
        + NearestWord.to(key, known)
            .map(word -> "did you mean '" + word + "'?")
            .orElse("known are " + String.join(", ", known.stream().sorted().toList()));
  }

  private static String notAMap(YamlNode node, CamelForm form) {
    if (node.isText() && form.hasShortForm()) {
      String option = form.inFull().entries().containsKey("uri") ? "uri" : "message";
      return "the short form - write its text below it, as '" + option + ": ...'";
    }
    return form.isChoice() && node.isText()
        ? "'" + shown(node) + "' is a text - a step has a name and a colon, as in 'to:'"
        : "no options - state them on the lines below, each with its name and a colon";
  }

  private static String shown(YamlNode node) {
    String text = node.text();
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
  }

  private void number(YamlNode node) {
    if (!node.isText()) {
      notAText(node);
    } else if (!node.text().contains("{{") && !node.text().matches("-?\\d+(\\.\\d+)?")) {
      tell(node, "not a number - '" + shown(node) + "' - digits only");
    }
  }

  private void text(YamlNode node, List<String> choices) {
    if (!node.isText()) {
      notAText(node);
    } else if (!choices.isEmpty()
        && !node.text().contains("{{")
        && choices.stream().noneMatch(node.text()::equalsIgnoreCase)) {
      String near =
          NearestWord.to(node.text(), choices)
              .map(word -> "did you mean '" + word + "'? ")
              .orElse("");
      tell(
          node,
          "no such choice - '"
              + shown(node)
              + "' - "
              + near
              + "one of "
              + String.join(", ", choices));
    }
  }

  private void notAText(YamlNode node) {
    tell(
        node,
        (node.isMap() ? "a map" : "a list")
            + " where one value is wanted - write the value on the same line");
  }
}
