package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.ledger.TestDatabase;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunRequest;
import dev.writeback.run.Watermark;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs with {@code onlyNewData}: what lands around appends. */
class IncrementsTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");

  private Sandbox sandbox;
  private SandboxDomo domo;
  private DataSource database;
  private ChainContext context;
  private int day;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    domo = sandbox.domo();
    database = TestDatabase.H2.create();
    context = new ChainContext(sandbox).ledger(database);
  }

  @AfterEach
  void stop() {
    context.close();
    sandbox.close();
  }

  private void job(String dataSet, Map<String, ?> more) throws Exception {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("inputDataset", dataSet);
    parameters.put("fileName", "rows_<current_date>");
    parameters.put("onlyNewData", true);
    parameters.putAll(more);
    context.job("job", parameters).start();
  }

  /** The next day's run. */
  private RunContext run() {
    return RunContext.of(context.run("job", SLOT.plus(Duration.ofDays(day++))));
  }

  /** All rows of all objects, in the order of their days, behind one header. */
  private String together() {
    List<String> objects = objects();
    String header = objects.get(0).lines().findFirst().orElseThrow() + "\n";
    assertThat(objects).allSatisfy(object -> assertThat(object).startsWith(header));
    return header
        + objects.stream()
            .map(object -> object.substring(header.length()))
            .collect(Collectors.joining());
  }

  private String export(String dataSet) throws IOException {
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    domo.writeExport(dataSet, export);
    return export.toString(StandardCharsets.UTF_8);
  }

  private List<String> objects() {
    return sandbox.s3().objects().stream()
        .map(StoredObject::key)
        .sorted()
        .map(key -> new String(sandbox.s3().bytes(key), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void theFirstHoldsAllRowsThatAreThere() throws Exception {
    String dataSet = domo.batches("first", 30, 20, 10);
    job(dataSet, Map.of());

    RunContext run = run();

    assertThat(run.getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(run.records()).hasValue(60);
    assertThat(objects()).containsExactly(export(dataSet));
  }

  @Test
  void togetherTheyHoldEachRowOnce() throws Exception {
    String dataSet = domo.batches("growing", 30, 20, 10);
    job(dataSet, Map.of());
    run();
    domo.append(dataSet, 7);
    RunContext one = run();
    domo.append(dataSet, 1);
    domo.append(dataSet, 300);
    domo.append(dataSet, 0);
    domo.append(dataSet, 2);
    RunContext several = run();

    assertThat(one.getWatermark()).isEqualTo(new Watermark(3L, 4));
    assertThat(one.records()).hasValue(7);
    assertThat(several.getWatermark()).isEqualTo(new Watermark(4L, 8));
    assertThat(several.records()).hasValue(303);
    assertThat(objects()).hasSize(3);
    assertThat(together()).isEqualTo(export(dataSet));
  }

  @Test
  void withoutNewRowsThereIsNone() throws Exception {
    String dataSet = domo.batches("same", 30, 20);
    job(dataSet, Map.of());
    run();

    assertThat(run().getOutcome()).isEqualTo(Outcome.NOTHING_NEW);
    assertThat(objects()).hasSize(1);
    assertThat(domo.exports()).hasSize(1);
    domo.append(dataSet, 4);
    assertThat(run().records()).hasValue(4);
    assertThat(together()).isEqualTo(export(dataSet));
  }

  @Test
  void aBackfillBeginsWhereItIsTold() throws Exception {
    String dataSet = domo.batches("backfill", 30, 20, 10);
    job(dataSet, Map.of());
    run();

    Exchange backfill =
        context
            .camel
            .createProducerTemplate()
            .send(
                "direct:job",
                exchange -> {
                  exchange.setProperty(RunRequest.SLOT, SLOT.plus(Duration.ofDays(99)));
                  exchange.setProperty(RunRequest.SINCE, 1L);
                });

    assertThat(RunContext.of(backfill).getWatermark()).isEqualTo(new Watermark(1L, 3));
    assertThat(RunContext.of(backfill).records()).hasValue(30);
  }

  private static final String OLD = "a,_BATCH_ID_\nold,\nx,1\n";
  private static final String GROWN = OLD + "lost,\ny,2\n";

  private String withOldRows() {
    return domo.table("old rows", OLD, "STRING", "DOUBLE");
  }

  @Test
  void rowsWithoutABatchThatArriveLaterFailTheRun() throws Exception {
    String dataSet = withOldRows();
    job(dataSet, Map.of());
    assertThat(run().isDone()).isTrue();
    domo.replace(dataSet, OLD + "lost,\n");
    assertThat(run().getOutcome()).as("not: nothing new").isEqualTo(Outcome.NOT_PROVED);
    domo.replace(dataSet, GROWN);

    RunContext run = run();

    assertThat(run.getOutcome()).isEqualTo(Outcome.NOT_PROVED);
    assertThat(run.isRetryable()).isFalse();
    assertThat(run.getFailure())
        .hasMessageStartingWith(
            "onlyNewData - 1 rows without a _BATCH_ID_ have arrived (2 now, 1 before)")
        .hasMessageContaining("run job --since start");
    assertThat(objects()).containsExactly(OLD);
  }

  @Test
  void aBackfillFromTheStartHasThemAndTheJobGoesOn() throws Exception {
    String dataSet = withOldRows();
    job(dataSet, Map.of());
    run();
    domo.replace(dataSet, GROWN);
    assertThat(run().getOutcome()).isEqualTo(Outcome.NOT_PROVED);

    Instant slot = SLOT.plus(Duration.ofDays(day++));
    RunContext all =
        RunContext.of(
            context
                .camel
                .createProducerTemplate()
                .send(
                    "direct:job",
                    exchange -> {
                      exchange.setProperty(RunRequest.SLOT, slot);
                      exchange.setProperty(RunRequest.SINCE, RunRequest.BEFORE_ALL);
                    }));
    domo.append(dataSet, 1);
    RunContext next = run();

    assertThat(all.getWatermark()).isEqualTo(new Watermark(null, 2));
    assertThat(next.getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(next.notes()).isEmpty();
    assertThat(objects()).containsExactly(OLD, GROWN, "a,_BATCH_ID_\nold,3\n");
  }

  @Test
  void rowsWithoutABatchThatArriveLaterAreToldAsLongAsTheyAreNotThere() throws Exception {
    String dataSet = withOldRows();
    job(dataSet, Map.of("verify", "warn"));
    run();
    domo.replace(dataSet, GROWN);
    RunContext run = run();
    domo.append(dataSet, 1);
    RunContext next = run();

    String told =
        "1 rows without a _BATCH_ID_ have arrived (2 now, 1 before) and are not written: run JOB"
            + " --since start writes all rows";
    assertThat(run.isDone()).isTrue();
    assertThat(run.notes()).containsExactly(told);
    assertThat(next.notes()).containsExactly(told);
    assertThat(objects()).containsExactly(OLD, "a,_BATCH_ID_\ny,2\n", "a,_BATCH_ID_\nold,3\n");
  }

  @Test
  void rowsWithoutABatchThatWereThereAreNoReasonToWorry() throws Exception {
    String dataSet = withOldRows();
    job(dataSet, Map.of());
    run();
    domo.append(dataSet, 2);

    RunContext run = run();

    assertThat(run.getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(run.notes()).isEmpty();
  }

  /** A process that dies before this step, in the second of three runs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ledger:open",
        "domo:dataset",
        "domo:watermark",
        "ledger:intent",
        "domo:increment",
        "pipe:",
        "aws2-s3:",
        "ledger:done"
      })
  void noRowIsLostOrDoubledWhereverAProcessDies(String step) throws Exception {
    String dataSet = domo.batches("dying", 30, 20);
    job(dataSet, Map.of());
    run();
    context.close();
    domo.append(dataSet, 7);
    context = new ChainContext(sandbox).ledger(database);
    before(
        step,
        run -> {
          if (run != null) {
            run.setMaybeWritten(true);
          }
          throw new IllegalStateException("killed here");
        });
    job(dataSet, Map.of());
    assertThat(context.run("job", SLOT.plus(Duration.ofDays(day++))).isFailed()).isFalse();
    context.close();
    domo.append(dataSet, 5);
    context = new ChainContext(sandbox).ledger(database);
    job(dataSet, Map.of());

    assertThat(run().getOutcome()).isEqualTo(Outcome.DONE);

    assertThat(together()).isEqualTo(export(dataSet));
    assertThat(run().getOutcome()).isEqualTo(Outcome.NOTHING_NEW);
  }

  @Test
  void theFirstMayHoldTheLastExecutionAlone() throws Exception {
    String dataSet = domo.batches("last", 30, 20, 10);
    job(dataSet, Map.of("firstRun", "lastExecution"));

    RunContext run = run();

    assertThat(run.getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(run.getWatermark()).isEqualTo(new Watermark(2L, 3));
    assertThat(run.records()).hasValue(10);
    String export = export(dataSet);
    String header = export.lines().findFirst().orElseThrow() + "\n";
    assertThat(objects()).hasSize(1);
    assertThat(objects().get(0)).startsWith(header);
    assertThat(export).endsWith(objects().get(0).substring(header.length()));
  }

  @Test
  void ofAnEmptyDataSetThereIsNone() throws Exception {
    job(domo.batches("empty"), Map.of());

    assertThat(run().getOutcome()).isEqualTo(Outcome.NOTHING_NEW);
    assertThat(objects()).isEmpty();
    assertThat(domo.exports()).isEmpty();
  }

  @Test
  void aDataSetWithoutBatchesIsWrittenWhole() throws Exception {
    job(SandboxDomo.WEATHER, Map.of());

    RunContext run = run();

    assertThat(run.getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(run.notes()).containsExactly("written whole: the DataSet has no _BATCH_ID_ column");
    assertThat(objects()).containsExactly(export(SandboxDomo.WEATHER));
  }

  @Test
  void aDataSetThatIsReplacedIsWrittenWhole() throws Exception {
    String dataSet = domo.batches("replaced", 30, 20);
    domo.setUpdateMethod(dataSet, "REPLACE");
    job(dataSet, Map.of());

    RunContext run = run();

    assertThat(run.notes())
        .containsExactly("written whole: the update method of the DataSet's stream is REPLACE");
    assertThat(objects()).containsExactly(export(dataSet));
  }

  @Test
  void rowsThatArriveDuringTheRunAreTheNextOnes() throws Exception {
    String dataSet = domo.batches("growing", 30, 20);
    String before = export(dataSet);
    before("domo:increment", run -> domo.append(dataSet, 10));
    job(dataSet, Map.of());

    RunContext run = run();

    assertThat(run.getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(objects()).containsExactly(before);
    assertThat(domo.rows(dataSet)).isEqualTo(60);
  }

  @Test
  void aRepeatedAttemptKeepsItsWatermark() throws Exception {
    String dataSet = domo.batches("repeated", 30, 20);
    String before = export(dataSet);
    context.with("writeback.retries", "1");
    domo.inject(DomoFault.cutAfter(100).times(1));
    before("domo:increment", run -> domo.append(dataSet, 10));
    job(dataSet, Map.of());

    RunContext run = run();

    assertThat(run.getAttempt()).isEqualTo(2);
    assertThat(run.getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(run.getWatermark()).isEqualTo(new Watermark(null, 2));
    assertThat(objects()).containsExactly(before);
  }

  @Test
  void nothingIsWrittenWhereTheHighestBatchIsNotTold() throws Exception {
    domo.inject(DomoFault.refuse(Endpoint.QUERY, 400).onSql("MAX"));
    job(domo.batches("refused", 30, 20), Map.of());

    assertThat(run().getOutcome()).isEqualTo(Outcome.DOMO);
    assertThat(objects()).isEmpty();
  }

  @Test
  void anIncrementThatIsNotProvedDoesNotAppear() throws Exception {
    domo.inject(DomoFault.missingRows(1));
    job(domo.batches("missing", 30, 20), Map.of());

    assertThat(run().getOutcome()).isEqualTo(Outcome.NOT_PROVED);
    assertThat(objects()).isEmpty();
  }

  /** Does this once before the step; to be said before the job. */
  private void before(String uri, Consumer<RunContext> hook) {
    context
        .camel
        .getCamelContextExtension()
        .addInterceptStrategy(
            (camel, definition, target, next) ->
                definition instanceof ToDefinition to && to.getUri().startsWith(uri)
                    ? hooked(target, hook)
                    : target);
  }

  private static Processor hooked(Processor target, Consumer<RunContext> hook) {
    return new DelegateAsyncProcessor(target) {
      private boolean done;

      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!done) {
          done = true;
          try {
            hook.accept(RunContext.of(exchange));
          } catch (IllegalStateException killed) {
            exchange.setException(killed);
            callback.done(true);
            return true;
          }
        }
        return super.process(exchange, callback);
      }
    };
  }
}
