package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.util.SensitiveUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/**
 * The conventions of Camel's own Kamelets (the validator of apache/camel-kamelets), and ours: each
 * title once, descriptions in whole sentences. Names and annotations that only Camel's own may have
 * are left out.
 */
class KameletTest {

  /** As that validator reads the parameters of a template. */
  private static final Pattern USED = Pattern.compile("\\{\\{[?]?([A-Za-z0-9-._]+)(?::[^}]*)?}}");

  private static final String ANNOTATION = "camel.apache.org/";
  private static final String SVG = "data:image/svg+xml;base64,";

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
  void isCalledAsItsFile() {
    assertThat(Path.of("routes/kamelets", kamelet.metadata().get("name") + ".kamelet.yaml"))
        .exists();
  }

  @Test
  void tellsToolsWhereItBelongs() throws Exception {
    Map<?, ?> annotations = (Map<?, ?>) kamelet.metadata().get("annotations");
    assertThat(annotations.get(ANNOTATION + "catalog.version")).isEqualTo(version());
    assertThat(annotations.get(ANNOTATION + "kamelet.support.level")).isIn("Preview", "Stable");
    assertThat(List.of("provider", "kamelet.group", "kamelet.namespace"))
        .allSatisfy(name -> assertThat(annotations.get(ANNOTATION + name)).asString().isNotBlank());
  }

  @Test
  void hasAnIconThatIsAnImage() throws Exception {
    Map<?, ?> annotations = (Map<?, ?>) kamelet.metadata().get("annotations");
    String icon = annotations.get(ANNOTATION + "kamelet.icon").toString();
    assertThat(icon).startsWith(SVG);
    byte[] image = Base64.getDecoder().decode(icon.substring(SVG.length()));
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(image))
                .getDocumentElement()
                .getTagName())
        .isEqualTo("svg");
  }

  private static String version() throws Exception {
    return (String)
        XPathFactory.newInstance()
            .newXPath()
            .evaluate(
                "/*/*[local-name() = 'version']",
                new InputSource(Path.of("pom.xml").toUri().toString()),
                XPathConstants.STRING);
  }

  /** Each component that the template addresses, and this jar itself. */
  @Test
  void namesWhatItNeeds() throws Exception {
    Set<String> needed = new TreeSet<>();
    needed.add("camel:core");
    needed.add("camel:kamelet");
    // What the component domo is made of.
    needed.add("camel:http");
    needed.add("camel:aws2-sts");
    // What the data formats are made of.
    needed.add("camel:csv");
    needed.add("camel:zipfile");
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      for (String scheme : schemes(kamelet.template())) {
        needed.add(
            dependency(
                JsonMapper.generateComponentModel(
                    context.getComponentParameterJsonSchema(scheme))));
      }
    }
    assertThat(kamelet.dependencies().stream().map(Object::toString).toList())
        .containsExactlyInAnyOrderElementsOf(needed);
  }

  private static String dependency(ComponentModel component) {
    return component.getGroupId().equals("org.apache.camel")
        ? component.getArtifactId().replaceFirst("^camel-", "camel:")
        : "mvn:%s:%s:%s"
            .formatted(component.getGroupId(), component.getArtifactId(), component.getVersion());
  }

  private static Set<String> schemes(Object node) {
    Set<String> found = new TreeSet<>();
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            if (name.equals("uri")) {
              found.add(value.toString().replaceFirst(":.*", ""));
            }
            found.addAll(schemes(value));
          });
    } else if (node instanceof List<?> list) {
      list.forEach(each -> found.addAll(schemes(each)));
    }
    return found;
  }

  /** By it tools put the fields together, and fill them from what they keep as secret. */
  @Test
  void marksTheCredentials() {
    assertThat(kamelet.properties())
        .allSatisfy(
            (name, schema) ->
                assertThat(schema.get("x-descriptors"))
                    .as(name)
                    .isEqualTo(
                        String.valueOf(schema.get("format")).startsWith("bean:")
                            ? List.of("urn:camel:group:credentials")
                            : null));
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
