package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.util.SensitiveUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The conventions of Camel's own Kamelets (the validator of apache/camel-kamelets), and ours: each
 * title once, descriptions in whole sentences. Names and annotations that only Camel's own may have
 * are left out.
 */
class KameletTest {

  /** As that validator reads the parameters of a template. */
  private static final Pattern USED = Pattern.compile("\\{\\{[?]?([A-Za-z0-9-._]+)(?::[^}]*)?}}");

  /** What Camel itself tells a Kamelet: the id of the route that uses it. */
  private static final String PARENT = "parentRouteId";

  private static final List<String> AT_START = List.of("missed", "allowReplaceIncrement");

  /** What decides whether, when and from where an object comes, but not what it is. */
  private static final List<String> OF_NO_OBJECT =
      List.of(
          "bucket",
          "overwrite",
          "inputDataset",
          "owner",
          "pdp",
          "timeZone",
          "allowReplaceIncrement",
          "expectedBucketOwner",
          "missed",
          "retries",
          "retryDelay",
          "retryDelayLimit",
          "freshWithin");

  /** Words that a title may have in lower case. */
  private static final Set<String> SMALL_WORDS =
      Set.of("in", "of", "to", "by", "for", "the", "and");

  private Kamelet kamelet;

  @BeforeEach
  void read() throws IOException {
    kamelet = Kamelet.read();
  }

  @Test
  void tellsItsKind() {
    assertThat(kamelet.metadata().get("labels"))
        .isEqualTo(Map.of("camel.apache.org/kamelet.type", "sink"));
    assertThat(kamelet.definition().get("title").toString()).endsWith("Sink");
    assertThat(kamelet.definition().get("description").toString()).isNotBlank();
    assertThat(kamelet.definition()).containsEntry("type", "object");
  }

  @Test
  void requiresWhatItDeclaresAndEachOnce() {
    assertThat(kamelet.required().stream().map(Object::toString).toList())
        .doesNotHaveDuplicates()
        .isSubsetOf(kamelet.properties().keySet());
  }

  @Test
  void tellsEachParameter() {
    assertThat(kamelet.properties())
        .allSatisfy(
            (name, schema) -> {
              assertThat(schema.get("type")).as(name).isIn("string", "boolean", "integer");
              assertThat(schema.get("description").toString())
                  .as(name)
                  .matches("[A-Z].*\\.")
                  .doesNotContain("\n");
              for (String word : schema.get("title").toString().split(" ")) {
                assertThat(Character.isUpperCase(word.charAt(0)) || SMALL_WORDS.contains(word))
                    .as("%s: %s", name, word)
                    .isTrue();
              }
              assertThat(schema.get("title").toString()).doesNotMatch("(The|An?) .*");
            });
  }

  @Test
  void givesEachTitleOnce() {
    assertThat(kamelet.properties().values())
        .extracting(schema -> schema.get("title"))
        .doesNotHaveDuplicates();
  }

  @Test
  void hasADefaultOfTheRightKind() {
    kamelet
        .properties()
        .forEach(
            (name, schema) -> {
              Object standard = schema.get("default");
              if (standard != null) {
                assertThat(kamelet.required().contains(name)).as(name).isFalse();
                assertThat(standard).as(name).isInstanceOf(kind(schema.get("type")));
              }
              if (schema.get("enum") instanceof List<?> choices && standard != null) {
                assertThat(choices.contains(standard)).as("%s: %s", name, standard).isTrue();
              }
            });
  }

  private static Class<?> kind(Object type) {
    return switch (type.toString()) {
      case "boolean" -> Boolean.class;
      case "integer" -> Integer.class;
      default -> String.class;
    };
  }

  /** Camel prints parameters. A secret is a bean's, and a parameter names the bean. */
  @Test
  void takesNoSecret() {
    assertThat(kamelet.properties())
        .allSatisfy(
            (name, schema) -> {
              assertThat(schema.get("format")).as(name).isNotEqualTo("password");
              assertThat(SensitiveUtils.containsSensitive(name)).as(name).isFalse();
            });
  }

  /** All is handed on to a link of the chain but for these, which only a start reads. */
  @Test
  void usesWhatItDeclaresAndNothingElse() {
    Set<String> used = new TreeSet<>();
    collect(kamelet.template(), used);
    Set<String> declared = new TreeSet<>(kamelet.properties().keySet());
    if (kamelet.template().get("beans") instanceof List<?> beans) {
      beans.forEach(bean -> declared.add(((Map<?, ?>) bean).get("name").toString()));
    }
    declared.add(PARENT);
    AT_START.forEach(declared::remove);
    assertThat(used).isEqualTo(declared);
  }

  /**
   * What could differ in two objects of one DataSet is known of the last one, or is in its name.
   */
  @Test
  void tellsTheLedgerWhatMakesAnotherObject() {
    Set<String> told = new TreeSet<>();
    collect(step(kamelet.template(), "ledger:intent"), told);
    Set<String> others = new TreeSet<>(kamelet.properties().keySet());
    others.removeAll(told);
    assertThat(others).containsExactlyInAnyOrderElementsOf(OF_NO_OBJECT);
  }

  private static Object step(Object node, String uri) {
    if (node instanceof Map<?, ?> map) {
      return uri.equals(map.get("uri")) ? map : step(List.copyOf(map.values()), uri);
    }
    return node instanceof List<?> list
        ? list.stream()
            .map(each -> step(each, uri))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null)
        : null;
  }

  private static void collect(Object node, Set<String> used) {
    if (node instanceof Map<?, ?> map) {
      map.values().forEach(value -> collect(value, used));
    } else if (node instanceof List<?> list) {
      list.forEach(value -> collect(value, used));
    } else {
      USED.matcher(String.valueOf(node)).results().forEach(match -> used.add(match.group(1)));
    }
  }
}
