package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.Compression;
import dev.writeback.run.EncryptionMethod;
import dev.writeback.run.Format;
import dev.writeback.run.ObjectNaming;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.SelectFilename;
import dev.writeback.run.Watermark;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every ledger does: in a file of H2, in PostgreSQL, in memory. */
class LedgerContractTest {

  private static final ZoneId DENVER = ZoneId.of("America/Denver");

  /** In the hour that comes twice in Denver. */
  private static final Instant SLOT = Instant.parse("2026-11-01T08:30:00.123456Z");

  private static final Instant UPDATED = Instant.parse("2026-10-31T22:00:00Z");
  private static final String DATA_SET = "845305d8-da3d-4107-a9d6-13ef3f86d4a4";

  /** Makes an empty ledger. */
  interface Kind {
    LedgerStore create() throws IOException;
  }

  static Stream<Arguments> ledgers() {
    return Stream.of(
        kind("memory", MemoryLedger::new),
        kind("H2", () -> in(TestDatabase.H2)),
        kind("PostgreSQL", () -> in(TestDatabase.POSTGRESQL)));
  }

  private static Arguments kind(String name, Kind kind) {
    return Arguments.of(Named.of(name, kind));
  }

  private static LedgerStore in(TestDatabase database) throws IOException {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      return JdbcLedger.open(
          database.create(),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          false,
          camel.getClassResolver());
    }
  }

  private static RunContext run(String job, Instant slot) {
    RunContext run = new RunContext(job, slot, DENVER);
    run.beginAttempt();
    run.setScheduled(true);
    run.setInputDataset("Sales");
    run.setDataSetId(DATA_SET);
    return run;
  }

  private static RunContext intent(String job, Instant slot) {
    RunContext run = run(job, slot);
    run.setBucket("landing");
    run.setKey("sales/ümläut.csv");
    run.setFileName("ümläut.csv");
    run.setContentType("text/csv");
    return run;
  }

  private static RunContext done(LedgerStore ledger, String job, Instant slot, Watermark range) {
    RunContext run = intent(job, slot);
    run.setWatermark(range);
    run.setETag("\"etag\"");
    run.done();
    save(ledger, run, true);
    return run;
  }

  private static RunContext failed(LedgerStore ledger, String job, Instant slot, Outcome outcome) {
    RunContext run = run(job, slot);
    run.failed(new RunException(outcome, false, "no luck"));
    save(ledger, run, true);
    return run;
  }

  private static boolean save(LedgerStore ledger, RunContext run, boolean ended) {
    return ledger.save(RunRecord.of(run, ended ? Instant.now() : null));
  }

  /** PostgreSQL has neither a NUL nor half a character. */
  @ParameterizedTest
  @MethodSource("ledgers")
  void aRunThatIsFinishedLaterHasTheNameThatItHad(Kind kind) throws IOException {
    LedgerStore ledger = kind.create();
    ObjectNaming naming =
        new ObjectNaming(
            "data",
            SelectFilename.DATASET_NAME,
            "",
            "",
            Format.CSV,
            Compression.NONE,
            true,
            false,
            EncryptionMethod.NONE);
    RunContext run = intent("sales", SLOT);
    run.setDataSetName("a\0b\uD800c\uDC00 \uD83D\uDEA2");
    run.setKey(naming.of(run).key());
    assertThat(run.getKey()).isEqualTo("data/a_b_c_ \uD83D\uDEA2.csv");
    save(ledger, run, false);

    RunContext later = ledger.openIntents("sales").get(0).toRun();

    assertThat(naming.of(later).key()).isEqualTo(run.getKey());
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void keepsAllThatIsKnownOfARun(Kind kind) throws IOException {
    LedgerStore ledger = kind.create();
    RunContext run = intent("sales", SLOT);
    run.setDataSetName("Sales 'of' today");
    run.setDataSetUpdated(UPDATED);
    run.setRowProtected(true);
    run.setWatermark(new Watermark(null, 17));
    run.setRowsWithoutBatch(3_000_000_000L);
    run.setSettings(Map.of("tags", "a=b, c=d", "nullText", ""));
    run.uploads().opened("upload/1+=");
    run.uploads().opened("upload2");
    run.records().set(5);
    run.bytesWritten().set(5_000_000_000L);
    run.setETag("\"abc\"");
    run.setVersionId("v.1");
    run.notes().add("written whole");
    run.notes().add("rows are protected in Domo");
    run.failed(new RunException(Outcome.S3, true, "x".repeat(3_000)));
    RunRecord kept = RunRecord.of(run, Instant.now());

    ledger.save(kept);

    assertThat(ledger.history("sales", 5)).containsExactly(kept);
    assertThat(kept.error()).hasSize(2_000).endsWith("...");
    assertThat(kept.slot()).isEqualTo(SLOT);
    assertThat(kept.object().bytes()).isEqualTo(5_000_000_000L);
    assertThat(kept.openUploads()).isEqualTo(Set.of("upload/1+=", "upload2"));
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void aRunIsOneRecordThroughAllItsStages(Kind kind) throws IOException {
    LedgerStore ledger = kind.create();
    RunContext run = run("sales", SLOT);
    save(ledger, run, false);
    assertThat(ledger.unfinished("sales")).hasSize(1);
    assertThat(ledger.openIntents("sales")).isEmpty();
    assertThat(ledger.lastSlot("sales")).as("a dead process may have left it").isEmpty();

    run.setBucket("landing");
    run.setKey("sales.csv");
    save(ledger, run, false);
    assertThat(ledger.openIntents("sales")).hasSize(1);
    assertThat(ledger.lastSlot("sales")).contains(SLOT);

    run.done();
    assertThat(save(ledger, run, true)).isTrue();
    assertThat(ledger.unfinished("sales")).isEmpty();
    assertThat(ledger.history(null, 5)).hasSize(1);
    assertThat(ledger.lastComplete("sales")).map(RunRecord::id).contains(run.getId());

    run.beginAttempt();
    assertThat(save(ledger, run, false)).as("what is done stays done").isFalse();
    assertThat(ledger.history(null, 5)).extracting(RunRecord::outcome).containsOnly(Outcome.DONE);
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void knowsTheLastSlotOfTheScheduleAlone(Kind kind) throws IOException {
    LedgerStore ledger = kind.create();
    failed(ledger, "sales", SLOT, Outcome.DOMO);
    failed(ledger, "sales", SLOT.minusSeconds(60), Outcome.DOMO);
    failed(ledger, "other", SLOT.plusSeconds(60), Outcome.DOMO);
    RunContext byHand = run("sales", SLOT.plusSeconds(3600));
    byHand.setScheduled(false);
    byHand.failed(new RunException(Outcome.DOMO, false, "no luck"));
    save(ledger, byHand, true);

    assertThat(ledger.lastSlot("sales")).contains(SLOT);
    assertThat(ledger.lastSlot("none")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void tellsCompleteFromFailedFromOverlapped(Kind kind) throws IOException {
    LedgerStore ledger = kind.create();
    RunContext good = done(ledger, "sales", SLOT, null);
    RunContext bad = failed(ledger, "sales", SLOT.plusSeconds(1), Outcome.DOMO);
    failed(ledger, "sales", SLOT.plusSeconds(2), Outcome.OVERLAP);
    assertThat(ledger.lastComplete("sales")).map(RunRecord::id).contains(good.getId());
    assertThat(ledger.lastEnded("sales")).map(RunRecord::id).contains(bad.getId());

    RunContext now = run("sales", SLOT.plusSeconds(3));
    now.nothingToWrite(Outcome.NOTHING_NEW);
    save(ledger, now, true);

    assertThat(ledger.lastComplete("sales")).map(RunRecord::id).contains(now.getId());
    assertThat(ledger.lastObject("sales", DATA_SET)).map(RunRecord::id).contains(good.getId());
    assertThat(ledger.lastEnded("sales")).map(RunRecord::id).contains(now.getId());
    assertThat(ledger.lastEndedBefore(now)).map(RunRecord::id).contains(bad.getId());
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void aRunByHandCountsWhereItSucceeds(Kind kind) throws IOException {
    LedgerStore ledger = kind.create();
    RunContext scheduled = failed(ledger, "sales", SLOT, Outcome.DOMO);
    RunContext byHand = run("sales", SLOT.plusSeconds(1));
    byHand.setByHand(true);
    byHand.failed(new RunException(Outcome.S3, false, "no luck"));
    save(ledger, byHand, true);
    assertThat(ledger.lastEnded("sales")).map(RunRecord::id).contains(byHand.getId());
    assertThat(ledger.lastEnded("sales")).map(RunRecord::byHand).contains(true);
    assertThat(ledger.lastThatCounts("sales")).map(RunRecord::id).contains(scheduled.getId());

    RunContext good = run("sales", SLOT.plusSeconds(2));
    good.setByHand(true);
    good.nothingToWrite(Outcome.NOTHING_NEW);
    save(ledger, good, true);

    assertThat(ledger.lastThatCounts("sales")).map(RunRecord::id).contains(good.getId());
    assertThat(ledger.lastEndedBefore(good)).map(RunRecord::id).contains(scheduled.getId());
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void theWatermarkIsTheHighestOfJobAndDataSet(Kind kind) throws IOException {
    LedgerStore ledger = kind.create();
    assertThat(ledger.watermark("sales", DATA_SET)).isEmpty();
    done(ledger, "sales", SLOT, null);
    assertThat(ledger.watermark("sales", DATA_SET)).isEmpty();
    done(ledger, "sales", SLOT, new Watermark(null, 7));
    RunContext repeated = done(ledger, "sales", SLOT, new Watermark(1L, 5));
    RunContext open = intent("sales", SLOT);
    open.setWatermark(new Watermark(7L, 9));
    save(ledger, open, false);

    assertThat(ledger.watermark("sales", DATA_SET)).contains(7L);
    assertThat(ledger.watermark("sales", "other")).isEmpty();
    assertThat(ledger.watermark("other", DATA_SET)).isEmpty();
    assertThat(ledger.objectOf("sales", DATA_SET, SLOT))
        .map(RunRecord::id)
        .contains(repeated.getId());
    assertThat(ledger.objectOf("sales", DATA_SET, SLOT.plusMillis(1))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void showsTheLatestFirst(Kind kind) throws IOException {
    LedgerStore ledger = kind.create();
    RunContext first = done(ledger, "a", SLOT, null);
    RunContext second = done(ledger, "b", SLOT, null);
    RunContext third = done(ledger, "a", SLOT, null);

    assertThat(ledger.history(null, 2))
        .extracting(RunRecord::id)
        .containsExactly(third.getId(), second.getId());
    assertThat(ledger.history("a", 9))
        .extracting(RunRecord::id)
        .containsExactly(third.getId(), first.getId());
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void knowsWhatRunsHaveLeftOpen(Kind kind) throws IOException {
    LedgerStore ledger = kind.create();
    RunContext underWay = intent("sales", SLOT);
    underWay.uploads().opened("under-way");
    save(ledger, underWay, false);
    failed(ledger, "sales", SLOT, Outcome.S3);
    RunContext left = intent("sales", SLOT);
    left.uploads().opened("first");
    left.uploads().opened("second");
    left.done();
    save(ledger, left, true);

    ledger.uploadEnded(left.getId(), "first");

    assertThat(ledger.withOpenUploads("other")).isEmpty();
    assertThat(ledger.withOpenUploads("sales"))
        .singleElement()
        .satisfies(run -> assertThat(run.openUploads()).containsExactly("second"))
        .satisfies(run -> assertThat(run.outcome()).isEqualTo(Outcome.DONE));
    ledger.uploadEnded(left.getId(), "second");
    ledger.uploadEnded("unknown", "second");
    assertThat(ledger.withOpenUploads("sales")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void aJobHasOneHolder(Kind kind) throws IOException {
    Leases leases = kind.create().leases();
    Holder one = new Holder("machine/1/1", "one");
    Holder two = new Holder("machine/1/1", "two");

    assertThat(leases.take("sales", "run-1", one)).isEmpty();
    assertThat(leases.take("sales", "run-2", two))
        .hasValueSatisfying(
            has -> {
              assertThat(has.runId()).isEqualTo("run-1");
              assertThat(has.holder()).isEqualTo(one);
            });
    leases.release("sales", two);
    leases.renew(two);
    assertThat(leases.take("sales", "run-2", two)).isPresent();
    assertThat(leases.take("other", "run-2", two)).isEmpty();
    leases.release("sales", one);
    assertThat(leases.take("sales", "run-2", two)).isEmpty();
    leases.releaseAll(two);
    assertThat(leases.take("sales", "run-3", one)).isEmpty();
    assertThat(leases.take("other", "run-3", one)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void ofFiftyAtOnceOneTakesTheJob(Kind kind) throws Exception {
    LedgerStore ledger = kind.create();
    ExecutorService threads = Executors.newFixedThreadPool(50);
    List<Callable<Boolean>> takers =
        IntStream.range(0, 50)
            .<Callable<Boolean>>mapToObj(
                i ->
                    () -> {
                      save(ledger, run("job" + i, SLOT), false);
                      return ledger
                          .leases()
                          .take("sales", "run" + i, new Holder("machine/" + i + "/1", "c"))
                          .isEmpty();
                    })
            .toList();
    int taken = 0;
    for (Future<Boolean> one : threads.invokeAll(takers)) {
      taken += one.get() ? 1 : 0;
    }
    threads.shutdown();

    assertThat(taken).isOne();
    assertThat(ledger.history(null, 100)).hasSize(50);
  }
}
