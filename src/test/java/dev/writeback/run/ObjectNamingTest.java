package dev.writeback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectNamingTest {

  private static final Pattern TIMES = Pattern.compile("\\{(\\d+) times (.)}");

  static Stream<Case> names() {
    return Spec.cases("object-names");
  }

  static Stream<Case> problems() {
    return Spec.cases("naming-problems");
  }

  @ParameterizedTest
  @MethodSource("names")
  void names(Case row) {
    RunContext run =
        new RunContext(
            "job",
            Instant.parse(row.text("slot", "2026-03-15T06:00:00Z")),
            ZoneId.of(row.text("zone", "UTC")));
    run.setDataSetId("845305d8-da3d-4107-a9d6-13ef3f86d4a4");
    run.setDataSetName(row.text("dataSetName"));
    if (row.has("refused")) {
      assertThatThrownBy(() -> naming(row).of(run))
          .isInstanceOf(RunException.class)
          .hasMessageContaining(row.text("refused"))
          .extracting(thrown -> ((RunException) thrown).outcome())
          .isEqualTo(Outcome.CONFIGURATION);
      return;
    }
    ObjectName name = naming(row).of(run);
    assertThat(name.key()).isEqualTo(written(row.text("key")).replace("{run id}", run.getId()));
    assertThat(name.key()).startsWith(written(row.text("path", "")).replaceFirst("<.*", ""));
    if (row.has("entry")) {
      assertThat(name.fileName()).isEqualTo(row.text("entry"));
    }
  }

  @ParameterizedTest
  @MethodSource("problems")
  void problems(Case row) {
    assertThat(naming(row).problems()).isEqualTo(row.list("problems"));
  }

  private static ObjectNaming naming(Case row) {
    String select = row.text("selectFilename", "enter").replaceAll("([A-Z])", "_$1");
    return new ObjectNaming(
        row.has("path") ? written(row.text("path")) : null,
        SelectFilename.valueOf(select.toUpperCase(Locale.ROOT)),
        row.has("fileName") ? written(row.text("fileName")) : null,
        row.has("fileExtension") ? row.text("fileExtension") : null,
        Format.valueOf(row.text("format", "csv").toUpperCase(Locale.ROOT)),
        Compression.valueOf(row.text("compression", "none").toUpperCase(Locale.ROOT)),
        Boolean.parseBoolean(row.text("compressionSuffix", "true")),
        row.flag("contentEncoding"),
        EncryptionMethod.valueOf(
            row.text("encryptionMethod", "none").toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /** Long names are not written out in the table. */
  private static String written(String text) {
    return TIMES
        .matcher(text)
        .replaceAll(match -> match.group(2).repeat(Integer.parseInt(match.group(1))));
  }
}
