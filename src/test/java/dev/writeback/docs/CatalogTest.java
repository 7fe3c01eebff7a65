package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.util.SensitiveUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The components' entries in Camel's catalog, from which editors draw their forms: they tell all
 * that a form needs, and every use of a component that we ship or show is right by them.
 */
class CatalogTest {

  private final DefaultCamelContext context = new DefaultCamelContext();

  @AfterEach
  void close() throws IOException {
    context.close();
  }

  private ComponentModel model(String scheme) throws IOException {
    return JsonMapper.generateComponentModel(context.getComponentParameterJsonSchema(scheme));
  }

  @ParameterizedTest
  @ValueSource(strings = {"domo", "pipe", "ledger"})
  void tellsWhatTheComponentIs(String scheme) throws IOException {
    ComponentModel model = model(scheme);

    assertThat(model.getTitle()).isNotBlank();
    assertThat(model.getDescription()).matches("[A-Z].*\\.");
    assertThat(model.getLabel()).as("the groups that it is found in").isNotBlank();
    assertThat(model.getFirstVersion()).isNotBlank();
    assertThat(model.getSupportLevel()).isNotNull();
    assertThat(model.getSyntax()).startsWith(scheme + ":");
    assertThat(model.getArtifactId()).isEqualTo("domo-s3-writeback");
    assertThat(model.isProducerOnly()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"domo", "pipe", "ledger"})
  void tellsEveryOption(String scheme) throws IOException {
    ComponentModel model = model(scheme);
    List<BaseOptionModel> options = new ArrayList<>(model.getComponentOptions());
    options.addAll(model.getEndpointOptions());

    assertThat(options)
        .allSatisfy(
            option -> {
              assertThat(option.getDisplayName()).as(option.getName()).isNotBlank();
              assertThat(option.getGroup()).as(option.getName()).isNotBlank();
              assertThat(option.getDescription()).as(option.getName()).endsWith(".");
              assertThat(option.isSecret())
                  .as(option.getName())
                  .isEqualTo(SensitiveUtils.containsSensitive(option.getName()));
              if (option.getEnums() != null && option.getDefaultValue() != null) {
                assertThat(option.getEnums())
                    .as(option.getName())
                    .contains(option.getDefaultValue().toString());
              }
            });
  }

  /** The route files that are shipped or shown, and the Kamelet. */
  static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("routes", "examples")) {
      try (Stream<Path> all = Files.walk(Path.of(folder))) {
        all.filter(file -> !file.startsWith("examples") || !file.toString().contains("/target/"))
            .filter(file -> file.toString().matches(".*\\.(camel|kamelet)\\.yaml"))
            .forEach(files::add);
      }
    }
    return files;
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyUseIsRightByTheCatalog(Path file) throws IOException {
    RuntimeCamelCatalog catalog =
        context.getCamelContextExtension().getContextPlugin(RuntimeCamelCatalog.class);
    Object yaml;
    try (InputStream in = Files.newInputStream(file)) {
      yaml = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    }
    List<Map<?, ?>> uses = new ArrayList<>();
    collect(yaml, uses);
    for (Map<?, ?> use : uses) {
      String[] uri = use.get("uri").toString().split(":", 2);
      EndpointValidationResult result = catalog.validateProperties(uri[0], options(uri, use));
      assertThat(result.isSuccess())
          .as(() -> file + ": " + use + "\n" + result.summaryErrorMessage(false))
          .isTrue();
    }
  }

  private static void collect(Object node, List<Map<?, ?>> uses) {
    if (node instanceof Map<?, ?> map) {
      if (String.valueOf(map.get("uri")).matches("(domo|pipe|ledger):.*")) {
        uses.add(map);
      }
      map.values().forEach(each -> collect(each, uses));
    } else if (node instanceof List<?> list) {
      list.forEach(each -> collect(each, uses));
    }
  }

  /** What stands in the URI after the scheme, and the parameters; a placeholder may be anything. */
  private Map<String, String> options(String[] uri, Map<?, ?> use) throws IOException {
    ComponentModel model = model(uri[0]);
    Map<String, String> options = new HashMap<>();
    options.put(model.getSyntax().replaceFirst(".*:", ""), uri[1]);
    if (use.get("parameters") instanceof Map<?, ?> given) {
      given.forEach(
          (name, value) ->
              options.put(
                  name.toString(), value.toString().replaceFirst("^\\{\\{.*}}$", "#anything")));
    }
    if (model.isLenientProperties()) {
      // The others are the data format's.
      options
          .keySet()
          .retainAll(model.getEndpointOptions().stream().map(BaseOptionModel::getName).toList());
    }
    return options;
  }
}
