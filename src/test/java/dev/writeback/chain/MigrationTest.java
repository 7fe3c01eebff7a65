package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import dev.writeback.ledger.TestDatabase;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Domo's settings become here, to the byte; the columns are described in {@code
 * spec/migration.yaml}, of which the README's table is made.
 */
class MigrationTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");

  static Stream<Spec.Case> cases() {
    return Spec.cases("migration");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void landsAsTheTableSays(Spec.Case row) throws Exception {
    Map<String, Object> parameters = new LinkedHashMap<>(row.map("here"));
    parameters.put("inputDataset", SandboxDomo.ORDERS);
    parameters.put("overwrite", true);
    try (Sandbox sandbox = Sandbox.start();
        ChainContext context = new ChainContext(sandbox).ledger(TestDatabase.H2.create())) {
      context.job("job", parameters).start();
      RunContext run = RunContext.of(context.run("job", SLOT));

      assertThat(run.getFailure()).isNull();
      assertThat(sandbox.s3().objects())
          .extracting(StoredObject::key)
          .containsExactly(row.text("key"));
      byte[] object = sandbox.s3().bytes(row.text("key"));
      assertThat(KameletOptionsTest.open(object, row))
          .asString(StandardCharsets.UTF_8)
          .startsWith(row.text("begins"));
      if (row.has("sha256")) {
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(object)))
            .isEqualTo(row.text("sha256"));
      }
    }
  }
}
