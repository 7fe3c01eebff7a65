package dev.writeback.s3;

import static dev.writeback.s3.LiveStream.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.RunMetadata;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Camel's own aws2-s3 producer before our client, with a live stream: what decision 3 rests on. */
@Timeout(60)
class StockProducerTest extends CamelTestSupport {

  private static final int PART = 5 * 1024 * 1024;
  private static final String KEY = "finance/sales.csv";

  private Sandbox sandbox;
  private AssumedRole role;
  private StreamingUploads uploads;

  @Override
  protected void setupResources() throws IOException {
    sandbox = Sandbox.start();
    role = SandboxRole.of(sandbox);
    uploads = SandboxRole.uploads(role);
  }

  @Override
  protected void bindToRegistry(Registry registry) {
    registry.bind("client", new StreamingS3Client(uploads));
  }

  @Override
  protected RoutesBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        errorHandler(noErrorHandler());
        from("direct:upload")
            .streamCache("false")
            .bean(uploads, "reserve")
            .toD("aws2-s3:landing?amazonS3Client=#client&conditionalWritesEnabled=${header.once}")
            .bean(uploads, "release");
      }
    };
  }

  @Override
  protected void cleanupResources() {
    uploads.close();
    role.close();
    sandbox.close();
  }

  @Test
  void aLiveStreamIsNeitherBufferedNorEmpty() {
    // More than the budget of all uploads: it cannot have been held anywhere.
    BufferBudget budget = new BufferBudget(3L * PART);
    context.getRegistry().bind("budget", budget);
    byte[] content = bytes(6 * PART + 11);
    LiveStream source = LiveStream.of(content);
    RunContext run = run();

    Exchange exchange = send(source, run);

    assertThat(exchange.getException()).isNull();
    assertThat(sandbox.s3().bytes(KEY)).isEqualTo(content);
    assertThat(sandbox.s3().calls(S3Operation.CREATE_MULTIPART_UPLOAD)).hasSize(1);
    assertThat(source.isClosed()).isTrue();
    assertThat(run.bytesWritten()).hasValue(content.length);
    assertThat(run.getETag())
        .isEqualTo(exchange.getMessage().getHeader(AWS2S3Constants.E_TAG))
        .isNotBlank();
    assertThat(run.getBucket()).isEqualTo(Sandbox.BUCKET);
    assertThat(sandbox.s3().object(KEY).orElseThrow().metadata())
        .containsEntry(RunMetadata.RUN_ID, run.getId())
        .containsEntry("job", "sales");
    assertThat(budget.reserve(budget.size())).as("all memory is back").isCompleted();
  }

  @Test
  void anEmptyLiveStreamIsAnEmptyObject() {
    assertThat(send(LiveStream.of(), run()).getException()).isNull();

    assertThat(sandbox.s3().bytes(KEY)).isEmpty();
  }

  @Test
  void aBodyThatSomebodyBufferedIsRefused() {
    InputStream buffered = new BufferedInputStream(LiveStream.of(bytes(100)));
    RunException failure = failure(send(new java.io.ByteArrayInputStream(bytes(100)), run()));

    assertThat(failure.outcome()).isEqualTo(Outcome.CONFIGURATION);
    assertThat(failure).hasMessageContaining("the body was buffered on its way (100 bytes)");
    assertThat(sandbox.s3().objects()).isEmpty();

    assertThat(send(buffered, run()).getException()).isNull();
    assertThat(sandbox.s3().bytes(KEY)).as("never the silent empty object").hasSize(100);
  }

  @Test
  void someoneElsesRouteWritesWhatItLikes() {
    Exchange exchange =
        template.request(
            "aws2-s3:landing?amazonS3Client=#client",
            other -> {
              other.getMessage().setBody("a,b");
              other.getMessage().setHeader(AWS2S3Constants.KEY, KEY);
            });

    assertThat(exchange.getException()).isNull();
    assertThat(sandbox.s3().bytes(KEY)).asString().isEqualTo("a,b");
  }

  @Test
  void theStreamsOwnFailureComesOut() {
    RunException ofDomo = new RunException(Outcome.DOMO, true, "Domo hung up");

    Exchange exchange =
        send(LiveStream.failing(bytes(2 * PART), new IOException("pipe", ofDomo)), run());

    assertThat(failure(exchange)).isSameAs(ofDomo);
    assertThat(sandbox.s3().openUploads()).isEmpty();
  }

  @Test
  void overwriteOffIsAConditionalWrite() {
    send(LiveStream.of(bytes(1)), run());
    Exchange exchange =
        template.request(
            "direct:upload", again -> prepare(again, LiveStream.of(bytes(2)), run(), true));

    assertThat(failure(exchange)).hasMessageContaining("exists already");
    assertThat(sandbox.s3().bytes(KEY)).hasSize(1);
  }

  @Test
  void aBrokenRoleNeitherStopsTheStartNorAnotherJob() throws Exception {
    AssumedRole broken = SandboxRole.of(sandbox);
    broken.setRegion("mars-north-7");
    broken.setStsEndpoint("http://127.0.0.1:1");
    StreamingUploads brokenUploads = SandboxRole.uploads(broken);
    context.getRegistry().bind("broken", new StreamingS3Client(brokenUploads));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from("direct:broken").to("aws2-s3:landing?amazonS3Client=#broken");
          }
        });

    assertThat(send(LiveStream.of(bytes(3)), run()).getException()).isNull();
    Exchange exchange =
        template.request(
            "direct:broken", other -> prepare(other, LiveStream.of(bytes(1)), run(), false));
    assertThat(failure(exchange)).hasMessageContaining("http://127.0.0.1:1 does not answer");
    brokenUploads.close();
    broken.close();
  }

  @Test
  void keysThatExpireDuringAnUploadAreRenewed() {
    sandbox.sts().setKeyLife(Duration.ofSeconds(2));
    sandbox.s3().inject(S3Fault.slow(3 * PART).on(S3Operation.UPLOAD_PART));
    uploads.setParallelParts(1);
    byte[] content = bytes(14 * PART);

    Exchange exchange = send(LiveStream.of(content), run());

    assertThat(exchange.getException()).isNull();
    assertThat(sandbox.s3().object(KEY).orElseThrow().length()).isEqualTo(content.length);
    assertThat(sandbox.s3().keysSeen()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(sandbox.sts().calls()).hasSizeLessThanOrEqualTo(2 * sandbox.s3().keysSeen().size());
  }

  @Test
  void aRunWaitsForItsMemoryAndClosingEndsTheWait() throws Exception {
    BufferBudget budget = new BufferBudget(3L * PART);
    context.getRegistry().bind("budget", budget);
    budget.reserve(3L * PART).join();
    CompletableFuture<Exchange> waiting =
        CompletableFuture.supplyAsync(() -> send(LiveStream.of(bytes(1)), run()));
    Awaitility.await().until(() -> context.getInflightRepository().size() == 1);

    uploads.close();

    assertThat(failure(waiting.get(30, TimeUnit.SECONDS))).hasMessageContaining("being stopped");
    assertThat(sandbox.s3().calls()).isEmpty();
  }

  @Test
  void aBudgetBelowOnePartIsRefusedInItsOwnWords() {
    context.getRegistry().bind("budget", new BufferBudget(PART - 1));

    assertThat(failure(send(LiveStream.of(bytes(1)), run())))
        .hasMessageStartingWith("Not enough memory for one part of 5 MiB");
  }

  @Test
  void reservingNeedsARun() {
    Exchange exchange =
        template.request("direct:upload", without -> without.getMessage().setBody("x"));

    assertThat(failure(exchange).outcome()).isEqualTo(Outcome.CONFIGURATION);
  }

  private Exchange send(InputStream body, RunContext run) {
    return template.request("direct:upload", exchange -> prepare(exchange, body, run, false));
  }

  private static void prepare(Exchange exchange, InputStream body, RunContext run, boolean once) {
    exchange.setProperty(RunContext.PROPERTY, run);
    exchange.getMessage().setBody(body);
    exchange.getMessage().setHeader("once", once);
    exchange.getMessage().setHeader(AWS2S3Constants.KEY, KEY);
    exchange.getMessage().setHeader(AWS2S3Constants.METADATA, run.metadata());
  }

  private static RunException failure(Exchange exchange) {
    assertThat(exchange.getException()).isNotNull();
    return RunException.in(exchange.getException());
  }

  private static RunContext run() {
    RunContext run = new RunContext("sales", Instant.EPOCH, ZoneOffset.UTC);
    run.setDataSetId("845305d8-da3d-4107-a9d6-13ef3f86d4a4");
    return run;
  }
}
