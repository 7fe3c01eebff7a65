package dev.writeback.s3;

import static dev.writeback.s3.LiveStream.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.Watermark;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** S3 has stored the object, or not, and says something else: {@code spec/last-words.yaml}. */
@Timeout(60)
class OwnWriteTest {

  private static final int PART = 5 * 1024 * 1024;
  private static final String KEY = "finance/sales.csv";

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final RunContext run = run();
  private Sandbox sandbox;
  private AssumedRole role;
  private StreamingUploads uploads;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start();
    role = SandboxRole.of(sandbox);
    uploads = SandboxRole.uploads(role);
  }

  @AfterEach
  void stop() {
    uploads.close();
    role.close();
    sandbox.close();
    context.stop();
  }

  static Stream<Case> cases() {
    return Spec.cases("last-words");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatStandsUnderTheKeyDecides(Case row) {
    uploads.setOverwrite(row.flag("overwrite"));
    if (row.flag("taken")) {
      write(run(), 3);
      sandbox.s3().heal();
    }
    if (row.flag("noPolicy")) {
      role.setSessionPolicy(false);
    }
    S3Operation last =
        row.flag("parts") ? S3Operation.COMPLETE_MULTIPART_UPLOAD : S3Operation.PUT_OBJECT;
    if (row.has("stored")) {
      sandbox.s3().inject(fault(row.text("stored"), true).on(last));
    }
    if (row.has("refused")) {
      sandbox.s3().inject(fault(row.text("refused"), false).on(last));
    }
    if (row.has("head")) {
      sandbox.s3().inject(fault(row.text("head"), false).on(S3Operation.HEAD_OBJECT));
    }
    run.setMaybeWritten(row.flag("maybe"));
    run.setWatermark(row.flag("increment") ? new Watermark(1L, 3) : null);
    int length = row.flag("parts") ? PART + 7 : 7;

    if (row.text("then").equals("success")) {
      PutObjectResponse response = write(run, length);
      assertThat(sandbox.s3().bytes(KEY)).isEqualTo(bytes(length));
      String eTag = sandbox.s3().object(KEY).orElseThrow().eTag();
      assertThat(response.eTag()).isEqualTo('"' + eTag + '"');
      assertThat(run.getETag()).isEqualTo(response.eTag());
    } else {
      RunException failure = catchThrowableOfType(RunException.class, () -> write(run, length));
      run.failed(failure);
      assertThat(failure).hasMessageContaining(row.text("says"));
      assertThat(failure.isRetryable()).isEqualTo(row.flag("retryable"));
      assertThat(failure.mayBeWritten()).isEqualTo(row.text("then").equals("unknown"));
      assertThat(run.isMaybeWritten()).isEqualTo(row.text("then").equals("unknown"));
    }
    assertThat(sandbox.s3().openUploads()).isEmpty();
    assertThat(run.uploads().open()).isEmpty();
  }

  /** The look comes before S3 has carried out what it never answered. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anIncrementThatS3DidNotAnswerMayBeThereLater(boolean increment) {
    role.setSessionPolicy(false);
    run.setWatermark(increment ? new Watermark(1L, 3) : null);
    sandbox.s3().inject(S3Fault.resetAfter(0).on(S3Operation.PUT_OBJECT));

    RunException failure = catchThrowableOfType(RunException.class, () -> write(run, 7));
    run.failed(failure);

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure.mayBeWritten()).isEqualTo(increment);
    assertThat(run.isMaybeWritten()).isEqualTo(increment);
    assertThat(failure.getMessage().contains("S3 may carry it out all the same"))
        .isEqualTo(increment);
  }

  @Test
  void anIncrementWhoseUploadIsNotAbortedMayBeThereLater() {
    role.setSessionPolicy(false);
    run.setWatermark(new Watermark(1L, 3));
    sandbox
        .s3()
        .inject(S3Fault.refuse(504, "GatewayTimeout").on(S3Operation.COMPLETE_MULTIPART_UPLOAD));
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.ABORT_MULTIPART_UPLOAD));

    RunException failure = catchThrowableOfType(RunException.class, () -> write(run, 2 * PART));

    assertThat(failure.mayBeWritten()).isTrue();
    assertThat(run.uploads().open()).hasSize(1);
  }

  @Test
  void aRunThatIsFinishedAfterACrashFindsItsObject() {
    uploads.setOverwrite(false);
    write(run, 9);

    assertThat(write(run, 9).eTag()).isEqualTo(run.getETag());
    assertThat(sandbox.s3().calls(S3Operation.HEAD_OBJECT)).hasSize(1);
  }

  @Test
  void leftoverUploadsAreAbortedBeforeTheNextBegins() {
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.ABORT_MULTIPART_UPLOAD));
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").onPart(2));
    catchThrowableOfType(RunException.class, () -> write(run, 2 * PART));
    assertThat(run.uploads().open())
        .containsExactlyElementsOf(sandbox.s3().openUploads())
        .hasSize(1);
    sandbox.s3().heal();
    run.uploads().opened("one-that-is-no-more");

    write(run, 7);

    assertThat(sandbox.s3().openUploads()).isEmpty();
    assertThat(run.uploads().open()).isEmpty();
    assertThat(run.notes()).isEmpty();
    assertThat(sandbox.s3().calls().get(sandbox.s3().calls().size() - 1).operation())
        .isEqualTo(S3Operation.PUT_OBJECT);
  }

  @Test
  void aLeftoverUploadThatCannotBeAbortedIsNotedAndStays() {
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.ABORT_MULTIPART_UPLOAD));
    run.uploads().opened("of-a-killed-process");

    write(run, 7);

    assertThat(run.uploads().open()).containsExactly("of-a-killed-process");
    assertThat(run.notes())
        .singleElement()
        .asString()
        .startsWith("the multipart upload of-a-killed-process of an earlier attempt could not be")
        .contains("403 AccessDenied");
  }

  private PutObjectResponse write(RunContext of, int length) {
    Exchange exchange = new DefaultExchange(context);
    exchange.setProperty(RunContext.PROPERTY, of);
    of.beginAttempt();
    uploads.reserve(exchange);
    try {
      PutObjectRequest request =
          PutObjectRequest.builder()
              .bucket(Sandbox.BUCKET)
              .key(KEY)
              .metadata(of.metadata())
              .build();
      return uploads.put(request, RequestBody.fromInputStream(LiveStream.of(bytes(length)), 0));
    } finally {
      uploads.release(exchange);
    }
  }

  private static S3Fault fault(String answer, boolean stored) {
    String[] words = answer.split(" ");
    int status = Integer.parseInt(words[0]);
    return stored ? S3Fault.storeAndRefuse(status, words[1]) : S3Fault.refuse(status, words[1]);
  }

  private static RunContext run() {
    RunContext run = new RunContext("sales", Instant.EPOCH, ZoneOffset.UTC);
    run.setDataSetId("845305d8-da3d-4107-a9d6-13ef3f86d4a4");
    return run;
  }
}
