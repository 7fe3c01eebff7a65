package dev.writeback.s3;

import static dev.writeback.s3.LiveStream.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A run that has lost its job makes no object. */
@Timeout(60)
class WritePermitTest {

  private static final int PART = 5 * 1024 * 1024;
  private static final RunException LOST =
      new RunException(Outcome.OVERLAP, false, "the lease was lost");

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final RunContext run = new RunContext("sales", Instant.EPOCH, ZoneOffset.UTC);
  private Sandbox sandbox;
  private AssumedRole role;
  private StreamingUploads uploads;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start();
    role = SandboxRole.of(sandbox);
    uploads = SandboxRole.uploads(role);
    run.setDataSetId("845305d8-da3d-4107-a9d6-13ef3f86d4a4");
  }

  @AfterEach
  void stop() {
    uploads.close();
    role.close();
    sandbox.close();
    context.stop();
  }

  private void write(LiveStream source) {
    Exchange exchange = new DefaultExchange(context);
    exchange.setProperty(RunContext.PROPERTY, run);
    uploads.reserve(exchange);
    try {
      uploads.put(
          PutObjectRequest.builder()
              .bucket(Sandbox.BUCKET)
              .key("sales.csv")
              .metadata(run.metadata())
              .build(),
          RequestBody.fromInputStream(source, 0));
    } finally {
      uploads.release(exchange);
    }
  }

  private void assertNothingMade() {
    assertThat(sandbox.s3().calls(S3Operation.PUT_OBJECT)).isEmpty();
    assertThat(sandbox.s3().calls(S3Operation.COMPLETE_MULTIPART_UPLOAD)).isEmpty();
    assertThat(sandbox.s3().objects()).isEmpty();
    assertThat(sandbox.s3().openUploads()).isEmpty();
    assertThat(run.uploads().open()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 2 * PART})
  void isAskedForOnceAllHasBeenRead(int length) {
    LiveStream source = LiveStream.of(bytes(length));
    run.permit()
        .grant(
            () -> {
              if (source.bytesRead() == length) {
                throw LOST;
              }
            });

    assertThatThrownBy(() -> write(source)).isSameAs(LOST);

    assertThat(source.isClosed()).isTrue();
    assertNothingMade();
  }

  @Test
  void withdrawnItBreaksTheUploadOff() {
    LiveStream source = LiveStream.stalling(bytes(PART + 1));
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(source));
    Awaitility.await().until(() -> sandbox.s3().calls(S3Operation.UPLOAD_PART).size() == 1);

    run.permit().withdraw(LOST);

    assertThatThrownBy(writing::join).isInstanceOf(CompletionException.class).hasCause(LOST);
    assertThat(source.isClosed()).isTrue();
    assertNothingMade();
  }

  @Test
  void withoutItNothingThatAnotherRunMayUseIsAborted() {
    run.uploads().opened("of-an-earlier-attempt");
    run.permit().withdraw(LOST);

    assertThatThrownBy(() -> write(LiveStream.of(bytes(7)))).isSameAs(LOST);

    assertThat(sandbox.s3().calls()).isEqualTo(List.of());
    assertThat(run.uploads().open()).containsExactly("of-an-earlier-attempt");
  }
}
