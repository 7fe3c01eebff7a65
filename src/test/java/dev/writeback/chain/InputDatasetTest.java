package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.DomoCall;
import dev.writeback.sandbox.DomoExport;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which DataSet a job reads; the columns are described in {@code spec/input-datasets.yaml}. */
class InputDatasetTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T03:00:00Z");

  private Sandbox sandbox;
  private SandboxDomo domo;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start();
    domo = sandbox.domo();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  static Stream<Spec.Case> cases() {
    return Spec.cases("input-datasets");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isFound(Spec.Case row) throws Exception {
    prepare(row);
    try (ChainContext context = new ChainContext(sandbox)) {
      context.job("job", parameters(row)).start();
      RunContext run = RunContext.of(context.run("job", SLOT));

      assertThat(run.getOutcome()).hasToString(row.text("outcome", "DONE"));
      if (row.has("reads")) {
        assertThat(run.getDataSetId()).isEqualTo(row.text("reads"));
        assertThat(sandbox.s3().objects())
            .extracting(object -> object.metadata().get("dataset-id"))
            .containsExactly(row.text("reads"));
        assertThat(domo.exports())
            .extracting(DomoExport::dataSet)
            .containsExactly(row.text("reads"));
      } else {
        assertThat(run.getFailure().getMessage()).contains(row.<String>list("failure"));
        assertThat(run.isRetryable()).isFalse();
        assertThat(domo.exports()).isEmpty();
        assertThat(sandbox.s3().calls()).isEmpty();
      }
      assertThat(run.notes()).isEqualTo(row.list("notes"));
    }
    if (row.has("calls")) {
      assertThat(domo.calls().stream().skip(1))
          .extracting(InputDatasetTest::words)
          .isEqualTo(row.list("calls"));
    }
  }

  private static String words(DomoCall call) {
    return call.method() + " " + call.path();
  }

  private void prepare(Spec.Case row) {
    row.map("names").forEach((id, name) -> domo.rename(id, name.toString()));
    row.map("owners")
        .forEach(
            (id, owner) -> {
              List<?> user = (List<?>) owner;
              domo.setOwner(id, ((Number) user.get(0)).longValue(), user.get(1).toString());
            });
    row.map("hiddenRows").forEach((id, rows) -> domo.protectRows(id, ((Number) rows).longValue()));
    row.<String>list("deleted").forEach(domo::delete);
    if (row.has("tokenUser")) {
      domo.setTokenUser(row.number("tokenUser"));
    }
    if (row.has("refused")) {
      domo.inject(DomoFault.metadataRefused());
    }
  }

  private static Map<String, Object> parameters(Spec.Case row) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("inputDataset", row.text("input"));
    parameters.put("fileName", "landed");
    parameters.putAll(row.map("parameters"));
    return parameters;
  }
}
