package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.Watermark;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatermarkTest {

  private Sandbox sandbox;
  private SandboxDomo domo;
  private SandboxContext context;
  private RunContext run;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start();
    domo = sandbox.domo();
    context = new SandboxContext(sandbox.domoUrl());
    run = new RunContext("job", Instant.EPOCH, ZoneOffset.UTC);
  }

  @AfterEach
  void stop() throws IOException {
    context.close();
    sandbox.close();
  }

  private void watermark(String dataSet) throws Exception {
    watermark(dataSet, "strict");
  }

  private void watermark(String dataSet, String verify) throws Exception {
    context.call(
        "domo:watermark?account=sandbox&dataSet=" + dataSet + "&verify=" + verify, null, run);
  }

  private void assertWhole(String why) {
    assertThat(run.getWatermark()).isNull();
    assertThat(run.notes()).containsExactly("written whole: " + why);
    assertThat(run.isWriting()).isTrue();
  }

  @Test
  void isTheHighestBatch() throws Exception {
    watermark(domo.batches("three", 5, 4, 3));

    assertThat(run.getWatermark()).isEqualTo(new Watermark(null, 3));
    assertThat(run.notes()).isEmpty();
  }

  @Test
  void isKeptOnceItIsThere() throws Exception {
    run.setWatermark(new Watermark(1L, 2));

    watermark(domo.batches("three", 5, 4, 3));

    assertThat(run.getWatermark()).isEqualTo(new Watermark(1L, 2));
    assertThat(domo.calls()).isEmpty();
  }

  @Test
  void isNotLookedForOnceTheRunIsToWriteAll() throws Exception {
    run.setKey("whole.csv");

    watermark(domo.batches("three", 5, 4, 3));

    assertThat(run.getWatermark()).isNull();
    assertThat(run.notes()).containsExactly("written whole, as the run was begun");
  }

  @Test
  void isMissingWithoutTheColumn() throws Exception {
    watermark(SandboxDomo.AIRPORTS);

    assertWhole("the DataSet has no _BATCH_ID_ column");
  }

  @Test
  void isMissingWhereTheDataSetIsReplaced() throws Exception {
    String dataSet = domo.batches("replaced", 5, 4, 3);
    domo.setUpdateMethod(dataSet, "REPLACE");

    watermark(dataSet);

    assertWhole("the update method of the DataSet's stream is REPLACE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"APPEND", "UPSERT", "PARTITION", ""})
  void goesByTheColumnWhateverElseTheStreamSays(String method) throws Exception {
    String dataSet = domo.batches("upsert", 5, 4);
    domo.setUpdateMethod(dataSet, method);

    watermark(dataSet);

    assertThat(run.getWatermark()).isEqualTo(new Watermark(null, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 500})
  void goesByTheColumnWhereTheStreamIsNotTold(int status) throws Exception {
    domo.inject(DomoFault.refuse(Endpoint.STREAMS, status));

    watermark(domo.batches("three", 5, 4, 3));

    assertThat(run.getWatermark()).isEqualTo(new Watermark(null, 3));
  }

  @Test
  void ofAnEmptyDataSetThereIsNothingNew() throws Exception {
    watermark(domo.batches("empty"));

    assertThat(run.getWatermark()).isNull();
    assertThat(run.getOutcome()).isEqualTo(Outcome.NOTHING_NEW);
  }

  @Test
  void ofRowsWithoutABatchIsMissing() throws Exception {
    watermark(domo.table("old", "a,_BATCH_ID_\nx,\n", "STRING", "DOUBLE"));

    assertWhole("no row of the DataSet has a _BATCH_ID_");
  }

  @Test
  void comesWithTheNumberOfRowsThatHaveNoBatch() throws Exception {
    watermark(domo.table("some", "a,_BATCH_ID_\nx,\ny,\nz,4\n", "STRING", "DOUBLE"));

    assertThat(run.getWatermark()).isEqualTo(new Watermark(null, 4));
    assertThat(run.getRowsWithoutBatch()).isEqualTo(2);
  }

  @Test
  void isFixedOnlyOnceThatNumberIsKnown() throws Exception {
    domo.inject(DomoFault.cachedCount().onSql("IS NULL").times(1));
    String dataSet = domo.batches("three", 5, 4, 3);

    RunException failure = RunException.in(catchThrowable(() -> watermark(dataSet)));
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_PROVED);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure)
        .hasMessageContaining("nothing shows that no rows without a _BATCH_ID_ have arrived");
    assertThat(run.getWatermark()).isNull();

    watermark(dataSet);
    assertThat(run.getRowsWithoutBatch()).isZero();
  }

  @Test
  void saysWhereThatNumberIsNotKnown() throws Exception {
    domo.inject(DomoFault.refuse(Endpoint.QUERY, 400).onSql("IS NULL"));

    watermark(domo.batches("three", 5, 4, 3), "warn");

    assertThat(run.getWatermark()).isEqualTo(new Watermark(null, 3));
    assertThat(run.getRowsWithoutBatch()).isNull();
    assertThat(run.notes())
        .singleElement()
        .asString()
        .startsWith("nothing shows that no rows without a _BATCH_ID_ have arrived: ");
  }

  @Test
  void comesAloneWhereNothingIsToBeShown() throws Exception {
    watermark(domo.batches("three", 5, 4, 3), "off");

    assertThat(run.getWatermark()).isEqualTo(new Watermark(null, 3));
    assertThat(domo.calls("/v1/datasets/query/")).as("the columns and the highest").hasSize(2);
  }

  @Test
  void mayComeFromTheCache() throws Exception {
    domo.inject(DomoFault.cachedCount().onSql("MAX"));

    watermark(domo.batches("three", 5, 4, 3));

    assertThat(run.getWatermark()).isEqualTo(new Watermark(null, 3));
  }

  @Test
  void failsTheRunWhereDomoDoesNotAnswer() {
    domo.inject(DomoFault.refuse(Endpoint.QUERY, 503).onSql("MAX"));

    RunException failure =
        RunException.in(catchThrowable(() -> watermark(domo.batches("three", 5, 4, 3))));

    assertThat(failure.outcome()).isEqualTo(Outcome.DOMO);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(run.getWatermark()).isNull();
  }

  @Test
  void failsTheRunWhereDomoIsSilent() {
    context.account.setReadTimeout(Duration.ofMillis(300));
    domo.inject(DomoFault.stall(Endpoint.QUERY, 0).onSql("MAX"));

    RunException failure =
        RunException.in(catchThrowable(() -> watermark(domo.batches("three", 5, 4, 3))));

    assertThat(failure).hasMessageContaining("Domo was silent for 300 ms");
    assertThat(failure.isRetryable()).isTrue();
  }
}
