package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.Spec;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.component.kamelet.KameletComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a strict Kamelet takes and refuses, and that it leaves all others in peace. */
class StrictKameletTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T03:00:00Z");

  private Sandbox sandbox;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  static Stream<Spec.Case> values() {
    return Spec.cases("parameter-values");
  }

  @ParameterizedTest
  @MethodSource("values")
  @SuppressWarnings("unchecked")
  void aValueArrivesUnchangedOrIsRefused(Spec.Case row) throws Exception {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("inputDataset", SandboxDomo.ORDERS);
    parameters.put("fileName", "orders");
    parameters.putAll((Map<String, Object>) row.values().get("parameters"));
    try (ChainContext context =
        new ChainContext(sandbox).with("odd", "a+b&c%20d").job("job", parameters)) {
      if (row.has("refused")) {
        assertThatThrownBy(context::start).hasMessageContaining(row.text("refused"));
        assertThat(sandbox.s3().calls()).isEmpty();
        return;
      }
      context.start();
      RunContext run = RunContext.of(context.run("job", SLOT));

      assertThat(run.getFailure()).isNull();
      assertThat(sandbox.s3().objects())
          .extracting(StoredObject::key)
          .containsExactly(row.text("key"));
      assertThat(sandbox.s3().bytes(row.text("key")))
          .asString(StandardCharsets.UTF_8)
          .startsWith(row.text("begins", "order_id"))
          .contains(row.text("contains", ""));
    }
  }

  @Test
  void anEndpointThatNoRouteShowsIsCheckedToo() throws Exception {
    try (ChainContext context = new ChainContext(sandbox).start()) {
      assertThatThrownBy(
              () ->
                  context
                      .camel
                      .createProducerTemplate()
                      .sendBody("kamelet:domo-s3-writeback?account=acme&delimter=pipe", ""))
          .satisfies(
              thrown -> {
                RunException refusal = RunException.in(thrown);
                assertThat(refusal.outcome()).isEqualTo(Outcome.CONFIGURATION);
                assertThat(refusal.getMessage().lines())
                    .containsExactlyInAnyOrder(
                        "domo-s3-writeback: delimter - unknown parameter - did you mean"
                            + " 'delimiter'?",
                        "domo-s3-writeback: role - missing - the role is needed",
                        "domo-s3-writeback: inputDataset - missing - the input DataSet ID is"
                            + " needed");
              });
    }
  }

  @Test
  void aKameletThatIsNotStrictIsAsCamelHasIt(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("lenient.kamelet.yaml"),
        """
        apiVersion: camel.apache.org/v1
        kind: Kamelet
        metadata:
          name: lenient
        spec:
          definition:
            title: Lenient
            required: [word]
            properties:
              word:
                title: Word
                type: string
                enum: [one, two]
          template:
            from:
              uri: kamelet:source
              steps:
                - setBody:
                    simple: "{{word}}"
        """);
    try (ChainContext context = new ChainContext(sandbox)) {
      KameletComponent kamelets = context.camel.getComponent("kamelet", KameletComponent.class);
      kamelets.setLocation(kamelets.getLocation() + ",file:" + folder);
      context.yaml(
          "lenient.camel.yaml",
          """
          - route:
              from:
                uri: direct:lenient
                steps:
                  - to:
                      uri: kamelet:lenient
                      parameters:
                        word: three
                        wrod: four
          """);
      context.start();

      assertThat(context.camel.createProducerTemplate().requestBody("direct:lenient", ""))
          .isEqualTo("three");
    }
  }

  @Test
  void twoContextsInOneProcessDoNotKnowEachOther() throws Exception {
    try (Sandbox second = Sandbox.start();
        ChainContext one = new ChainContext(sandbox);
        ChainContext two = new ChainContext(second)) {
      Map<String, Object> parameters =
          Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders");
      one.job("job", parameters).start();
      two.job("job", parameters).start();

      RunContext first = RunContext.of(one.run("job", SLOT));
      one.camel.stop();
      RunContext other = RunContext.of(two.run("job", SLOT));

      assertThat(first.getOutcome()).isEqualTo(Outcome.DONE);
      assertThat(other.getOutcome()).isEqualTo(Outcome.DONE);
      assertThat(sandbox.s3().objects().get(0).metadata()).containsEntry("run-id", first.getId());
      assertThat(second.s3().objects().get(0).metadata()).containsEntry("run-id", other.getId());
      assertThat(sandbox.s3().objects()).hasSize(1);
      assertThat(second.s3().objects()).hasSize(1);
    }
  }
}
