package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.ledger.TestDatabase;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that is edited between two runs, of a DataSet that nobody updates. */
class SkipUnchangedTest {

  private static final Instant FIRST = Instant.parse("2026-03-29T03:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-03-30T03:00:00Z");

  private Sandbox sandbox;
  private DataSource database;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    database = TestDatabase.H2.create();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private RunContext run(Map<String, Object> edited, Instant slot) throws Exception {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("inputDataset", SandboxDomo.ORDERS);
    parameters.put("fileName", "orders");
    parameters.put("compression", "gzip");
    parameters.put("overwrite", true);
    parameters.put("skipUnchanged", true);
    parameters.putAll(edited);
    try (ChainContext context = new ChainContext(sandbox).ledger(database)) {
      return RunContext.of(context.job("job", parameters).start().run("job", slot));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delimiter        | pipe       | delimiter was 'comma' and is 'pipe'",
        "header           | false      | header was 'true' and is 'false'",
        "nullText         | NULL       | nullText was 'empty' and is 'NULL'",
        "charset          | UTF-16LE | charset was 'UTF-8' and is 'UTF-16LE'",
        "format           | jsonl      | the object has another name than the last one, format was 'CSV' and is 'JSONL'",
        "compressionLevel | small      | compressionLevel was 'balanced' and is 'small'",
        "contentEncoding  | true       | the object has another name than the last one, contentEncoding was 'false' and is 'true'",
        "encryptionMethod | sse-s3     | encryptionMethod was 'NONE' and is 'SSE_S3'",
        "storageClass     | GLACIER    | storageClass was '' and is 'GLACIER'",
        "metadata         | a=b        | metadata was '' and is 'a=b'",
        "tags             | a=b, c=d | tags was '' and is 'a=b, c=d'",
        "cannedAcl        | private    | cannedAcl was '' and is 'private'",
        "path             | elsewhere  | the object has another name than the last one",
        "onlyNewData      | true       | onlyNewData was 'false' and is 'true'",
      })
  void whatMakesAnotherObjectIsAReasonToWriteIt(String option, String value, String why)
      throws Exception {
    assertThat(run(Map.of(), FIRST).getOutcome()).isEqualTo(Outcome.DONE);
    Map<String, Object> edited = new HashMap<>(Map.of(option, value));
    if (option.equals("onlyNewData")) {
      edited.put("allowReplaceIncrement", true);
    }

    RunContext run = run(edited, SECOND);

    assertThat(run.getFailure()).isNull();
    assertThat(run.getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(run.notes()).contains("written though Domo has not updated the DataSet: " + why);
    assertThat(run(edited, SECOND.plusSeconds(60)).getOutcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @ParameterizedTest
  @CsvSource({"verify, warn", "owner, off", "retries, 3", "freshWithin, 26h", "overwrite, false"})
  void whatMakesNoOtherObjectIsNone(String option, String value) throws Exception {
    assertThat(run(Map.of(), FIRST).getOutcome()).isEqualTo(Outcome.DONE);

    RunContext run = run(Map.of(option, value), SECOND);

    assertThat(run.getOutcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(run.notes()).noneMatch(note -> note.contains("written though"));
  }
}
