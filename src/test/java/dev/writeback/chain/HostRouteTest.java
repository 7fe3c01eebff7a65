package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writeback.run.RunContext;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Kamelet as one step among others in a route of its host. */
class HostRouteTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T03:00:00Z");

  private final List<Object> bodies = new ArrayList<>();
  private final List<Map<String, Object>> headers = new ArrayList<>();
  private final List<String> runs = new ArrayList<>();
  private Sandbox sandbox;
  private ChainContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context = new ChainContext(sandbox).with("writeback.retries", "1");
    Processor look =
        exchange -> {
          bodies.add(exchange.getMessage().getBody());
          headers.add(new HashMap<>(exchange.getMessage().getHeaders()));
          RunContext run = RunContext.of(exchange);
          runs.add(run == null ? null : run.getId());
        };
    context.camel.getRegistry().bind("look", look);
  }

  @AfterEach
  void stop() {
    context.close();
    sandbox.close();
  }

  private static final String LOOK =
      """
              - process:
                  ref: look
      """;

  private static String writes(String fileName) {
    return ChainContext.step(
            Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", fileName, "overwrite", true))
        + "\n";
  }

  private void host(String steps) throws Exception {
    context.yaml(
        "host.camel.yaml",
        """
        - route:
            id: host
            description: A route that does more than write
            routeConfigurationId: writeback
            from:
              uri: direct:host
              steps:
        """
            + steps);
    context.start();
  }

  @Test
  void twoStepsAreTwoRunsAndTwoObjects() throws Exception {
    host(writes("first") + LOOK + writes("second") + LOOK);

    Exchange exchange = context.run("host", SLOT);

    assertThat(exchange.getException()).isNull();
    assertThat(runs).hasSize(2).doesNotHaveDuplicates();
    assertThat(sandbox.s3().objects())
        .extracting(StoredObject::key, object -> object.metadata().get("run-id"))
        .containsExactlyInAnyOrder(
            tuple("first.csv", runs.get(0)), tuple("second.csv", runs.get(1)));
  }

  @Test
  void leavesNothingBehindInTheMessage() throws Exception {
    host(writes("orders") + LOOK);
    sandbox.domo().inject(DomoFault.cutAfter(200).times(1));

    context
        .camel
        .createProducerTemplate()
        .send("direct:host", exchange -> exchange.getMessage().setHeader("mine", "stays"));

    assertThat(bodies).containsExactly("");
    assertThat(headers).hasSize(1);
    assertThat(headers.get(0))
        .containsEntry("mine", "stays")
        .containsEntry(Exchange.REDELIVERED, true)
        .containsEntry(Exchange.REDELIVERY_COUNTER, 1)
        .doesNotContainKey(Exchange.FILE_NAME);
    assertThat(headers.get(0).keySet()).noneMatch(name -> name.startsWith("CamelAwsS3"));
  }

  @Test
  void leavesNothingBehindWhenItHasFailed() throws Exception {
    host(writes("orders"));
    sandbox.domo().inject(DomoFault.cutAfter(200));

    Exchange exchange = context.run("host", SLOT);

    assertThat(RunContext.of(exchange).isDone()).isFalse();
    assertThat(exchange.getMessage().getBody()).isEqualTo("");
    assertThat(exchange.getMessage().getHeaders().keySet())
        .noneMatch(name -> name.startsWith("CamelAwsS3"))
        .doesNotContain(Exchange.FILE_NAME);
  }

  @Test
  void theHostsStreamsAreStillCached() throws Exception {
    host(LOOK + writes("orders"));

    context
        .camel
        .createProducerTemplate()
        .send(
            "direct:host",
            exchange ->
                exchange
                    .getMessage()
                    .setBody(
                        new FilterInputStream(new ByteArrayInputStream(new byte[] {1, 2, 3})) {}));

    assertThat(bodies).singleElement().isInstanceOf(StreamCache.class);
    assertThat(context.camel.isStreamCaching()).isTrue();
    assertThat(sandbox.s3().objects()).hasSize(1);
  }

  @Test
  void theHostsOwnS3RoutesAreNotGivenTheJobsClient() throws Exception {
    host(writes("orders"));

    AWS2S3Component s3 = context.camel.getComponent("aws2-s3", AWS2S3Component.class);

    assertThat(s3.getConfiguration().getAmazonS3Client()).isNull();
  }
}
