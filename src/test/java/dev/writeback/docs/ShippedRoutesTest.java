package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What the files in {@code routes/} have in common, so that people and Kaoto read them alike: ids,
 * descriptions, canonical YAML, one place for each setting.
 */
class ShippedRoutesTest {

  private static final Path ROUTES = Path.of("routes");
  private static final Path SETTINGS = Path.of("application.properties");

  /** Words of the YAML DSL that have a short form; the long one is what tools write. */
  private static final Set<String> SHORT_FORMS =
      Set.of("to", "log", "setBody", "setHeader", "filter", "split", "wireTap", "marshal", "bean");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^{}:?]+)(:[^{}]*)?}}");

  /** Settings that Camel itself reads, and the program. */
  private static final List<String> READ_BY_CODE =
      List.of("camel.", "ledger.", "management.", "reload");

  static Stream<Path> files() throws IOException {
    return Files.list(ROUTES).filter(file -> file.toString().endsWith(".camel.yaml")).sorted();
  }

  static Stream<Path> filesAndKamelets() throws IOException {
    return Files.walk(ROUTES).filter(file -> file.toString().endsWith(".yaml")).sorted();
  }

  private static Object yaml(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new Load(LoadSettings.builder().setLabel(file.toString()).build())
          .loadFromInputStream(in);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> elements(Path file, String name) throws IOException {
    return ((List<Map<String, Map<String, Object>>>) yaml(file))
        .stream().map(each -> each.get(name)).filter(each -> each != null).toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyRouteHasAnIdADescriptionAndAnErrorHandling(Path file) throws IOException {
    for (Map<String, Object> route : elements(file, "route")) {
      assertThat(route)
          .as("%s: %s", file, route.get("id"))
          .containsKeys("id", "description", "routeConfigurationId");
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aJobsFileIsCalledAsTheJob(Path file) throws IOException {
    for (Map<String, Object> route : elements(file, "route")) {
      if ("writeback".equals(route.get("routeConfigurationId"))) {
        assertThat(file.getFileName()).hasToString(route.get("id") + ".camel.yaml");
      }
    }
  }

  @Test
  void everyIdIsThereOnce() throws IOException {
    List<Object> ids = new ArrayList<>();
    for (Path file : files().toList()) {
      ids.addAll(elements(file, "route").stream().map(route -> route.get("id")).toList());
    }
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("filesAndKamelets")
  void areWrittenInTheLongForm(Path file) throws IOException {
    List<String> shortened = new ArrayList<>();
    look(yaml(file), "", shortened);
    assertThat(shortened).as("%s", file).isEmpty();
  }

  private static void look(Object node, String at, List<String> shortened) {
    if (node instanceof List<?> list) {
      list.forEach(each -> look(each, at, shortened));
    } else if (node instanceof Map<?, ?> map) {
      boolean step = map.size() == 1;
      map.forEach(
          (name, value) -> {
            if (step && SHORT_FORMS.contains(name.toString()) && value instanceof String) {
              shortened.add(at + "/" + name + ": " + value);
            }
            if (name.equals("uri") && value.toString().contains("?")) {
              shortened.add(at + "/uri with a query string: " + value);
            }
            look(value, at + "/" + name, shortened);
          });
    }
  }

  @Test
  void everySettingIsDefinedAndRead() throws IOException {
    Set<String> read = new TreeSet<>();
    for (Path file : files().toList()) {
      Matcher placeholder = PLACEHOLDER.matcher(withoutComments(file));
      while (placeholder.find()) {
        read.add(placeholder.group(1));
      }
    }
    read.removeIf(ShippedRoutesTest::isReadByCode);
    assertThat(defined()).containsExactlyElementsOf(read);
  }

  private static String withoutComments(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> !line.stripLeading().startsWith("#"))
          .collect(Collectors.joining("\n"));
    }
  }

  private static Set<String> defined() throws IOException {
    Properties settings = new Properties();
    try (InputStream in = Files.newInputStream(SETTINGS)) {
      settings.load(in);
    }
    Set<String> names = new HashSet<>(settings.stringPropertyNames());
    names.removeIf(ShippedRoutesTest::isReadByCode);
    return new TreeSet<>(names);
  }

  private static boolean isReadByCode(String name) {
    return READ_BY_CODE.stream().anyMatch(name::startsWith);
  }
}
