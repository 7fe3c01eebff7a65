package dev.writeback.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeback.Spec;
import dev.writeback.chain.ChainContext;
import dev.writeback.ledger.TestDatabase;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.component.kamelet.KameletComponent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator may get wrong in job files, and the words in which all of it is said. */
class JobMistakesTest {

  private static final int FEWEST_CASES = 40;
  private static Sandbox sandbox;

  @TempDir Path folder;

  @BeforeAll
  static void startSandbox() throws IOException {
    sandbox = Sandbox.start();
  }

  @AfterAll
  static void stopSandbox() {
    sandbox.close();
  }

  static Stream<Spec.Case> cases() {
    return Spec.cases("job-mistakes");
  }

  @ParameterizedTest
  @MethodSource("cases")
  @SuppressWarnings("unchecked")
  void areAllSaid(Spec.Case row) throws Exception {
    try (ChainContext context = new ChainContext(sandbox)) {
      if (row.flag("database")) {
        context.ledger(TestDatabase.H2.create());
      }
      Map<String, String> files = (Map<String, String>) row.values().get("files");
      for (Map.Entry<String, String> file : files.entrySet()) {
        context.file(Files.writeString(folder.resolve(file.getKey()), file.getValue()));
      }
      Throwable thrown = catchThrowable(context::start);

      List<String> told =
          row.<String>list("told").stream()
              .map(line -> line.replace("{every parameter}", everyParameter(context)))
              .toList();
      if (told.isEmpty()) {
        assertThat(thrown).isNull();
      } else {
        RunException refusal = RunException.in(thrown);
        assertThat(refusal.outcome()).isEqualTo(Outcome.CONFIGURATION);
        assertThat(refusal.getMessage().replace(folder + "/", "").lines())
            .containsExactlyElementsOf(told);
      }
    }
    assertThat(sandbox.domo().calls()).as("nobody is asked").isEmpty();
    assertThat(sandbox.sts().calls()).isEmpty();
  }

  private static String everyParameter(ChainContext context) {
    String location = context.camel.getComponent("kamelet", KameletComponent.class).getLocation();
    return KameletSchema.find(context.camel, "domo-s3-writeback", location)
        .map(schema -> String.join(", ", schema.options().keySet()))
        .orElseThrow();
  }

  @Test
  void theTableIsWhole() {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(FEWEST_CASES);
  }
}
