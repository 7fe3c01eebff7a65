package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/options.md} tells every option as the Kamelet and the beans have it, and every field
 * of Domo's connector. A change is accepted by {@code -Dreadme.write}, as in {@link ReadmeTest}.
 */
class OptionsReferenceTest {

  private static final Path FILE = Path.of("docs/options.md");

  static Stream<Spec.Case> fields() {
    return Spec.cases("connector-fields");
  }

  @Test
  void isWhatTheFilesSay() throws IOException {
    String text = OptionsReference.text();
    if (System.getProperty("readme.write") != null) {
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE)).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void tellsWhereAFieldOfDomoIs(Spec.Case field) throws IOException {
    assertThat(Files.readString(FILE)).contains(OptionsReference.field(field));
    if (field.has("bean")) {
      assertThat(BeanCatalog.read())
          .filteredOn(bean -> bean.name().equals(field.text("bean")))
          .singleElement()
          .satisfies(
              bean ->
                  assertThat(bean.options().get(field.text("option")).label())
                      .isEqualTo(field.text("field")));
    } else if (field.has("option")) {
      assertThat(Kamelet.read().properties()).containsKey(field.text("option"));
    }
  }

  /** Where a field of Domo has several labels, the parameter bears one of them. */
  @Test
  void callsAParameterAsDomoDoes() throws IOException {
    Map<String, Map<String, Object>> properties = Kamelet.read().properties();
    fields()
        .filter(field -> field.has("option") && !field.has("bean"))
        .map(field -> field.text("option"))
        .distinct()
        .forEach(
            option ->
                assertThat(
                        fields()
                            .filter(field -> option.equals(field.text("option")))
                            .map(field -> field.text("field")))
                    .contains(properties.get(option).get("title").toString()));
  }
}
