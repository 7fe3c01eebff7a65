package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.blackbox.Launcher.Ended;
import dev.writeback.sandbox.DomoExport;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built program, one run at a time: what lands, what is said, how it exits. */
class RunIT {

  private static final long MEGABYTE = 1_000_000;

  @TempDir Path directory;
  private Sandbox sandbox;

  @BeforeAll
  static void built() {
    Launcher.assertBuilt();
  }

  @BeforeEach
  void startSandbox() throws IOException {
    sandbox = Sandbox.start();
  }

  @AfterEach
  void stopSandbox() {
    sandbox.close();
  }

  private Launcher job(Map<String, Object> parameters) throws IOException {
    return Launcher.at(sandbox, WorkFolder.empty(directory).job("job", parameters));
  }

  private String export(String dataSet) throws IOException {
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    sandbox.domo().writeExport(dataSet, export);
    return export.toString(StandardCharsets.UTF_8);
  }

  private void assertNothingIsThere() {
    assertThat(sandbox.s3().objects()).isEmpty();
    assertThat(sandbox.s3().openUploads()).isEmpty();
  }

  @Test
  void tellsEachRunInTwoLines() throws Exception {
    Ended ended =
        job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders")).run("run", "job");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output().lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("job started: run ").contains("attempt 1"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("job done: run ")
                    .contains("DataSet " + SandboxDomo.ORDERS)
                    .contains("rows " + sandbox.domo().rows(SandboxDomo.ORDERS))
                    .contains("bytes " + sandbox.s3().bytes("orders.csv").length)
                    .contains("object s3://landing/orders.csv")
                    .contains("version ")
                    .containsPattern("seconds \\d+\\.\\d"));
  }

  @Test
  void leavesAnUnchangedDialectUntouched() throws Exception {
    Ended ended =
        job(Map.of("inputDataset", SandboxDomo.AIRPORTS, "selectFilename", "datasetId"))
            .run("run", "job");
    assertThat(ended.exitCode()).isZero();
    assertThat(sandbox.s3().bytes(SandboxDomo.AIRPORTS + ".csv"))
        .asString()
        .isEqualTo(export(SandboxDomo.AIRPORTS));
  }

  @Test
  void takesTheSlotThatItIsGiven() throws Exception {
    Launcher launcher = Launcher.at(sandbox, WorkFolder.withExamples(directory));
    assertThat(launcher.run("run", "airports-nightly", "--at", "2026-03-29").exitCode()).isZero();
    assertThat(launcher.run("run", "orders-by-hand", "--at", "2026-03-29T03:00:00Z").exitCode())
        .isZero();
    assertThat(sandbox.s3().objects())
        .extracting(object -> object.key())
        .containsExactlyInAnyOrder(
            "reference/airports/airports_2026-03-29.csv.gz", "sales/orders/orders_2026-03-27.csv");
  }

  @Test
  void tellsWhoWroteAnObject() throws Exception {
    job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"))
        .run("run", "job", "--at", "2026-03-29T03:00:00Z");
    assertThat(sandbox.s3().object("orders.csv").orElseThrow().metadata())
        .containsEntry("job", "job")
        .containsEntry("slot", "2026-03-29T03:00:00Z")
        .containsEntry("dataset-id", SandboxDomo.ORDERS)
        .containsKey("run-id");
  }

  @Test
  void replacesNothingUnlessItMay() throws Exception {
    Map<String, Object> parameters =
        Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders");
    Launcher launcher = job(parameters);
    assertThat(launcher.run("run", "job").exitCode()).isZero();
    String first = sandbox.s3().object("orders.csv").orElseThrow().metadata().get("run-id");

    Ended second = launcher.run("run", "job");

    assertThat(second.exitCode()).isEqualTo(5);
    assertThat(second.output()).contains("orders.csv").contains("overwrite");
    assertThat(sandbox.s3().object("orders.csv").orElseThrow().metadata())
        .containsEntry("run-id", first);
  }

  @Test
  void aSourceThatIsCutLeavesNothing() throws Exception {
    String big = sandbox.domo().generatedOfBytes("big", 40 * MEGABYTE);
    Launcher launcher = job(Map.of("inputDataset", big, "fileName", "big"));
    sandbox.domo().inject(DomoFault.cutAfter(25 * MEGABYTE).times(1));

    Ended ended = launcher.run("run", "job");

    assertThat(ended.exitCode()).isEqualTo(4);
    assertNothingIsThere();
    assertThat(sandbox.s3().calls(S3Operation.ABORT_MULTIPART_UPLOAD)).hasSize(1);
    assertThat(launcher.run("run", "job").exitCode()).isZero();
    assertThat(sandbox.s3().bytes("big.csv")).asString().isEqualTo(export(big));
  }

  @Test
  void aBodyThatIsShortAndCleanLeavesNothing() throws Exception {
    Launcher launcher = job(Map.of("inputDataset", SandboxDomo.AIRPORTS, "fileName", "airports"));
    sandbox.domo().inject(DomoFault.missingRows(7).times(1));

    Ended ended = launcher.run("run", "job");

    assertThat(ended.exitCode()).isEqualTo(6);
    assertThat(ended.output()).contains("3369 records").contains("3376");
    assertNothingIsThere();
    assertThat(launcher.run("run", "job").exitCode()).isZero();
    assertThat(sandbox.s3().bytes("airports.csv"))
        .asString()
        .isEqualTo(export(SandboxDomo.AIRPORTS));
  }

  @Test
  void aPartThatFailsForGoodCancelsTheSource() throws Exception {
    String huge = sandbox.domo().generatedOfBytes("huge", 2_000 * MEGABYTE);
    Launcher launcher = job(Map.of("inputDataset", huge, "fileName", "huge"));
    // So that the attempts at the part do not decide how far the source runs on.
    sandbox.domo().inject(DomoFault.throttle(10 * MEGABYTE));
    sandbox.s3().inject(S3Fault.refuse(503, "SlowDown").onPart(2));

    Ended ended = launcher.run("run", "job");

    assertThat(ended.exitCode()).isEqualTo(5);
    assertNothingIsThere();
    DomoExport export = sandbox.domo().exports().get(0);
    assertThat(export.state()).isEqualTo(DomoExport.State.BROKEN);
    assertThat(export.bytesSent()).isLessThan(200 * MEGABYTE);
  }

  /** The upload of another program is unknown here, as that of a process that died too soon. */
  @Test
  void uploadsThatAreLeftOpenAreAbortedByTheNextRunOrByACommand() throws Exception {
    String big = sandbox.domo().generatedOfBytes("big", 12 * MEGABYTE);
    Map<String, Object> parameters = Map.of("inputDataset", big, "fileName", "big");
    Launcher launcher = job(parameters);
    Path another = Files.createDirectory(directory.resolve("another"));
    Launcher other = Launcher.at(sandbox, WorkFolder.empty(another).job("job", parameters));
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").onPart(2));
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.ABORT_MULTIPART_UPLOAD));
    assertThat(launcher.run("run", "job").exitCode()).isEqualTo(3);
    String known = sandbox.s3().openUploads().get(0);
    assertThat(other.run("run", "job").exitCode()).isEqualTo(3);
    sandbox.s3().heal();

    assertThat(launcher.run("uploads", "job").output()).contains("0 open for longer than 1d");
    String listed = launcher.run("uploads", "job", "--older-than", "0s").output();
    assertThat(listed).contains("2 open for longer than 0s").contains("  big.csv  unknown");
    assertThat(listed).contains(known + "  big.csv  known to the ledger");

    Ended abort = launcher.run("uploads", "job", "--older-than", "0s", "--abort");
    assertThat(abort.exitCode()).isZero();
    assertThat(abort.output()).contains("  big.csv  aborted");
    assertThat(sandbox.s3().openUploads()).containsExactly(known);

    assertThat(launcher.run("run", "job").exitCode()).isZero();
    assertThat(sandbox.s3().openUploads()).isEmpty();
    assertThat(launcher.run("history", "job", "--json").output()).doesNotContain(known);
  }

  @Test
  void aFailedRunIsRepeatedFromTheFetch() throws Exception {
    Launcher launcher =
        job(Map.of("inputDataset", SandboxDomo.AIRPORTS, "fileName", "airports"))
            .with("writeback.retries", "2");
    sandbox.domo().inject(DomoFault.cutAfter(50_000).times(2));

    Ended ended = launcher.run("run", "job", "--retry");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output()).contains("attempt 1").contains("attempt 2").contains("attempt 3");
    assertThat(sandbox.domo().exports()).hasSize(3);
    assertThat(sandbox.s3().bytes("airports.csv"))
        .asString()
        .isEqualTo(export(SandboxDomo.AIRPORTS));
  }

  @Test
  void anObjectWhoseReplyWasLostIsKnownByItsMetadata() throws Exception {
    Launcher launcher = job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"));
    sandbox
        .s3()
        .inject(S3Fault.storeAndRefuse(500, "InternalError").on(S3Operation.PUT_OBJECT).times(1));

    Ended ended = launcher.run("run", "job");

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("job done: run ");
    assertThat(sandbox.s3().calls(S3Operation.PUT_OBJECT)).hasSize(1);
    assertThat(sandbox.s3().calls(S3Operation.HEAD_OBJECT)).hasSize(1);
  }

  @Test
  void aFailureThatIsMarkedHandledStillEndsTheProgramBadly() throws Exception {
    Launcher launcher = job(Map.of("inputDataset", SandboxDomo.AIRPORTS, "fileName", "airports"));
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500));

    Ended ended = launcher.run("run", "job");

    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.output()).contains("gave up").doesNotContain("\tat ");
  }

  @Test
  void aWrongExternalIdIsSaid() throws Exception {
    Ended ended =
        job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"))
            .with("landing.external-id", "a-wrong-one")
            .run("run", "job");
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.output())
        .contains("External id sent: a-...ne (11 characters)")
        .contains("sts:ExternalId")
        .contains(Sandbox.ROLE_ARN)
        .contains("trust policy")
        .doesNotContain("\tat ");
    assertNothingIsThere();
  }

  @Test
  void aWrongDomoSecretIsSaidAndNotShown() throws Exception {
    Ended ended =
        job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"))
            .with("acme.domo-client-secret", "s3cr3t-and-wrong")
            .run("run", "job");
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.output()).doesNotContain("s3cr3t-and-wrong").doesNotContain("\tat ");
    assertNothingIsThere();
  }

  @Test
  void stoppedInTheMiddleOfAnUploadItAbortsIt() throws Exception {
    String big = sandbox.domo().generatedOfBytes("big", 400 * MEGABYTE);
    sandbox.domo().inject(DomoFault.throttle(10 * MEGABYTE));
    Process process =
        job(Map.of("inputDataset", big, "fileName", "big"))
            .with("camel.main.shutdownTimeout", "1")
            .start("run", "job");
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> sandbox.s3().calls(S3Operation.UPLOAD_PART).size() >= 2);
      assertThat(sandbox.s3().openUploads()).hasSize(1);

      process.toHandle().destroy();
      String output = Launcher.read(process.getInputStream());

      assertThat(process.waitFor()).as(output).isNotZero();
      assertNothingIsThere();
      assertThat(sandbox.s3().calls(S3Operation.ABORT_MULTIPART_UPLOAD)).hasSize(1);
      assertThat(output).doesNotContain("\tat ");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void mistakesAreAllSaidAtOnce() throws Exception {
    WorkFolder folder = WorkFolder.withExamples(directory);
    folder.write(
        "routes/orders-by-hand.camel.yaml",
        """
        - route:
            id: orders-by-hand
            description: The orders, when somebody asks for them
            routeConfigurationId: writeback
            from:
              uri: direct:orders-by-hand
              steps:
                - to:
                    uri: kamelet:domo-s3-writeback
                    parameters:
                      account: acme
                      role: landing
                      fileName: orders
                      delimter: pipe
                      compression: gzp
        """);
    Ended ended = Launcher.at(sandbox, folder).run();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output())
        .isEqualToNormalizingNewlines(
            """
            routes/orders-by-hand.camel.yaml:8:11: inputDataset - missing - the input DataSet ID is needed
            routes/orders-by-hand.camel.yaml:14:15: delimter - unknown parameter - did you mean 'delimiter'?
            routes/orders-by-hand.camel.yaml:15:15: compression - no such choice - 'gzp' - did you mean 'gzip'? (one of none, gzip, zip, zstd, bzip2)
            """);
  }

  @Test
  void aJobThatNobodyKnowsIsNamed() throws Exception {
    Ended ended =
        Launcher.at(sandbox, WorkFolder.withExamples(directory)).run("run", "order-by-hand");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output())
        .isEqualToNormalizingNewlines(
            "no job is called 'order-by-hand' - did you mean 'orders-by-hand'?\n");
  }

  @Test
  void oneBrokenRoleHurtsNoOtherJob() throws Exception {
    WorkFolder folder =
        WorkFolder.empty(directory)
            .everySecond(
                "works",
                Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "works", "overwrite", true))
            .everySecond(
                "broken",
                Map.of(
                    "role",
                    "nowhere",
                    "inputDataset",
                    SandboxDomo.ORDERS,
                    "fileName",
                    "broken",
                    "overwrite",
                    true))
            .write(
                "routes/nowhere.camel.yaml",
                """
                - beans:
                    - name: nowhere
                      type: "#class:dev.writeback.s3.AssumedRole"
                      destroyMethod: close
                      properties:
                        roleArn: arn:aws:iam::999999999999:role/nobody
                        externalId: nothing
                        roleSessionName: nobody
                        region: eu-central-1
                        bucket: nowhere
                        stsEndpoint: http://127.0.0.1:1
                """);
    Process process = Launcher.at(sandbox, folder).start();
    try (BufferedReader output = process.inputReader()) {
      Launcher.awaitLine(output, "broken failed");
      Launcher.awaitLine(output, "works done");
      assertThat(sandbox.s3().object("works.csv")).isPresent();
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void noLogLevelShowsASecret() throws Exception {
    Ended ended =
        job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"))
            .with("writeback.log", "TRACE")
            .run("run", "job");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output())
        .contains(" TRACE ")
        .doesNotContain(Sandbox.CLIENT_SECRET, Sandbox.SECRET_ACCESS_KEY)
        .doesNotContain("Basic ", "Bearer ")
        .doesNotContainPattern("(?i)x-amz-security-token: *\\S");
  }

  @Test
  void aMisspeltPropertyOfABeanDoesNotShowItsValue() throws Exception {
    WorkFolder folder =
        WorkFolder.empty(directory)
            .job("job", Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"));
    String accounts = Files.readString(folder.routes().resolve("accounts.camel.yaml"));
    folder.write(
        "routes/accounts.camel.yaml", accounts.replace("domoClientSecret:", "domoClientSecrt:"));
    Ended ended = Launcher.at(sandbox, folder).run("run", "job");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output())
        .contains("accounts.camel.yaml:10:9: domoClientSecrt", "did you mean 'domoClientSecret'?")
        .doesNotContain(Sandbox.CLIENT_SECRET);
  }

  @Test
  void aValueOfTheWrongKindIsNotShown() throws Exception {
    WorkFolder folder =
        WorkFolder.empty(directory)
            .job("job", Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"));
    String accounts = Files.readString(folder.routes().resolve("accounts.camel.yaml"));
    folder.write(
        "routes/accounts.camel.yaml",
        accounts.replace(
            "apiHost: \"{{acme.api-host}}\"", "readTimeout: \"{{acme.domo-client-secret}}\""));
    Ended ended = Launcher.at(sandbox, folder).run("run", "job");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output())
        .contains("readTimeout - the value cannot be used - it has to be a time such as 30s or 5m")
        .doesNotContain(Sandbox.CLIENT_SECRET);
  }
}
