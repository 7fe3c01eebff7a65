package dev.writeback.s3;

import static dev.writeback.s3.LiveStream.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeback.run.RunException;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

@Timeout(300)
class ClosingTimeTest {

  private static final int PART = 5 * 1024 * 1024;

  @Test
  @SuppressWarnings("try") // Closing, and closing again, is what the test is about.
  void whereTheContextStopsAllClientsGiveUpAtOnceAndElseEachAlone() throws Exception {
    DefaultCamelContext context = new DefaultCamelContext();
    context.start();
    try (Sandbox sandbox = Sandbox.start();
        AssumedRole role = SandboxRole.of(sandbox)) {
      StreamingUploads edited = uploads(role, context);
      StreamingUploads first = uploads(role, context);
      StreamingUploads second = uploads(role, context);
      CompletableFuture<RunException> ofEdited = upload(edited, "edited");
      CompletableFuture<RunException> ofFirst = upload(first, "first");
      CompletableFuture<RunException> ofSecond = upload(second, "second");
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> sandbox.s3().succeeded(S3Operation.UPLOAD_PART) == 3);

      edited.close();

      assertThat(ofEdited.get(60, TimeUnit.SECONDS)).hasMessageContaining("being stopped");
      assertThat(ofFirst).isNotDone();
      assertThat(ofSecond).isNotDone();

      context.stop();
      first.close();

      assertThat(ofFirst.get(60, TimeUnit.SECONDS)).hasMessageContaining("being stopped");
      assertThat(ofSecond.get(60, TimeUnit.SECONDS)).hasMessageContaining("being stopped");
      assertThat(sandbox.s3().openUploads()).isEmpty();
      second.close();
    }
  }

  /** YAML files make their beans twice while a context starts, and close the first ones. */
  @Test
  @SuppressWarnings("try")
  void beforeTheContextHasStartedOneIsClosedAlone() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext();
        Sandbox sandbox = Sandbox.start();
        AssumedRole role = SandboxRole.of(sandbox);
        StreamingUploads first = uploads(role, context);
        StreamingUploads second = uploads(role, context)) {
      first.close();
      context.start();

      second.put(
          PutObjectRequest.builder().bucket(Sandbox.BUCKET).key("second").build(),
          RequestBody.fromString("here"));

      assertThat(sandbox.s3().bytes("second")).asString().isEqualTo("here");
    }
  }

  private static StreamingUploads uploads(AssumedRole role, DefaultCamelContext context) {
    StreamingUploads uploads = SandboxRole.uploads(role);
    uploads.setCamelContext(context);
    return uploads;
  }

  private static CompletableFuture<RunException> upload(StreamingUploads uploads, String key) {
    return CompletableFuture.supplyAsync(
        () ->
            catchThrowableOfType(
                RunException.class,
                () ->
                    uploads.put(
                        PutObjectRequest.builder().bucket(Sandbox.BUCKET).key(key).build(),
                        RequestBody.fromInputStream(LiveStream.stalling(bytes(PART + 1)), 0))));
  }
}
