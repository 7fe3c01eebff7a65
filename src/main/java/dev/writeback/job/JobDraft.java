package dev.writeback.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A job that is to be written: its file says at each line what it is for.
 *
 * @param schema of the Kamelet that the job uses
 * @param id of its route
 * @param cron empty for a job that runs when somebody says so
 * @param timeZone of the cron; empty where there is none
 * @param parameters of the Kamelet, those that are stated; their order does not count
 */
public record JobDraft(
    KameletSchema schema,
    String id,
    String description,
    String cron,
    String timeZone,
    Map<String, String> parameters) {

  private static final String INDENT = " ".repeat(14);
  private static final int WIDTH = 100;
  private static final Pattern SENTENCE = Pattern.compile("(?<=\\.) ");

  /** What other readers of YAML take for no text. */
  private static final Pattern OTHERS_WORD = Pattern.compile("(?i)y|n|yes|no|on|off");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The whole file. */
  public String text() {
    return """
    # yaml-language-server: $schema=editor.schema.json
    # Written by new-job, and yours from now on: edit it, then ask validate. All parameters stand in
    # docs/options.md.
    - route:
        # The name by which the job is run, and told of in status, history and alerts.
        id: %s
        description: %s
        # Who repeats a failed run, and tells of it: writeback.camel.yaml.
        routeConfigurationId: writeback
        from:
    %s      steps:
            - to:
                uri: kamelet:%s
                parameters:
    %s"""
        .formatted(scalar(id), scalar(description), from(), schema.kamelet(), stated());
  }

  private String from() {
    if (cron.isEmpty()) {
      return """
            # It has no schedule: run %1$s runs it.
            uri: direct:%1$s
      """
          .formatted(id);
    }
    return """
          uri: quartz:writeback/%s
          parameters:
            # Seconds, minutes, hours, day of the month, month, day of the week: in this zone, whose
            # days are also the dates in the object's name.
            cron: %s
            trigger.timeZone: %s
            # A long run is not overtaken by the next one.
            stateful: true
    """
        .formatted(id, quoted(cron), scalar(timeZone));
  }

  private String stated() {
    StringBuilder text = new StringBuilder();
    for (Option option : schema.options().values()) {
      String value = parameters.get(option.name());
      if (value != null) {
        text.append(comment(option.title() + ": " + meaning(option)));
        text.append(INDENT).append(option.name()).append(": ").append(value(option, value));
        text.append('\n');
      }
    }
    parameters.entrySet().stream()
        .filter(stated -> !schema.options().containsKey(stated.getKey()))
        .forEach(
            unknown ->
                text.append(INDENT)
                    .append(scalar(unknown.getKey()))
                    .append(": ")
                    .append(scalar(unknown.getValue()))
                    .append('\n'));
    return text.toString();
  }

  private static String meaning(Option option) {
    String first = SENTENCE.split(option.description())[0];
    return first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
  }

  private static String comment(String words) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(INDENT + "#");
    for (String word : words.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(INDENT + "#");
      }
      line.append(' ').append(word);
    }
    return text.append(line).append('\n').toString();
  }

  private static String value(Option option, String value) {
    return "boolean".equals(option.type()) || "integer".equals(option.type())
        ? plainOr(value, value.matches("true|false|\\d+"))
        : scalar(value);
  }

  /** In quotes where it would not be read as this very text without. */
  private static String scalar(String text) {
    return plainOr(text, isText(text) && !OTHERS_WORD.matcher(text).matches());
  }

  private static String plainOr(String text, boolean plain) {
    return plain ? text : quoted(text);
  }

  private static boolean isText(String text) {
    try {
      Object read = new Load(LoadSettings.builder().build()).loadFromString("text: " + text);
      return Map.of("text", text).equals(read);
    } catch (YamlEngineException e) {
      return false;
    }
  }

  /** What JSON quotes, YAML reads. */
  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
