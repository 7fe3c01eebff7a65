package dev.writeback.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.domo.DomoAccount;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.s3.AssumedRole;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shipped Kamelet in the middle of a host's own route: what comes before it stays outside. */
@Timeout(60)
class HostRouteTest {

  private static final String ORDERS = kamelet(SandboxDomo.ORDERS, "orders");
  private static final String AIRPORTS = kamelet(SandboxDomo.AIRPORTS, "airports");

  private Sandbox sandbox;
  private AssumedRole role;
  private DefaultCamelContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context = new DefaultCamelContext();
    context.getComponent("kamelet", KameletComponent.class).setLocation("file:routes/kamelets");
    DomoAccount account = new DomoAccount();
    account.setApiHost(sandbox.domoUrl().toString());
    account.setDomoClientId(Sandbox.CLIENT_ID);
    account.setDomoClientSecret(Sandbox.CLIENT_SECRET);
    context.getRegistry().bind("acme", account);
    role = new AssumedRole();
    role.setRoleArn(Sandbox.ROLE_ARN);
    role.setExternalId(Sandbox.EXTERNAL_ID);
    role.setRoleSessionName("writeback");
    role.setRegion(Sandbox.REGION);
    role.setBucket(Sandbox.BUCKET);
    role.setStsEndpoint(sandbox.stsUrl().toString());
    role.setAccessKey(Sandbox.ACCESS_KEY_ID);
    role.setSecretKey(Sandbox.SECRET_ACCESS_KEY);
    role.setS3Endpoint(sandbox.s3Url().toString());
    role.setPathStyle(true);
    context.getRegistry().bind("landing", role);
  }

  @AfterEach
  void stop() {
    context.stop();
    role.close();
    sandbox.close();
  }

  private static String kamelet(String dataSet, String fileName) {
    return "kamelet:domo-s3-writeback?account=acme&role=landing&overwrite=true&inputDataset="
        + dataSet
        + "&fileName="
        + fileName;
  }

  private Exchange run(RouteBuilder routes, Map<String, Object> headers) throws Exception {
    context.addRoutes(routes);
    context.start();
    return context.createFluentProducerTemplate().to("direct:host").withHeaders(headers).send();
  }

  private byte[] export(String dataSet) throws IOException {
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    sandbox.domo().writeExport(dataSet, export);
    return export.toByteArray();
  }

  private static RouteBuilder to(String uri) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:host").routeId("host").errorHandler(noErrorHandler()).to(uri);
      }
    };
  }

  @Test
  void anOperationThatAnEarlierStepLeftDoesNotReplaceTheWrite() throws Exception {
    Exchange ended = run(to(AIRPORTS), Map.of("CamelAwsS3Operation", "deleteObject"));

    assertThat(RunContext.of(ended).getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(sandbox.s3().bytes("airports.csv")).isEqualTo(export(SandboxDomo.AIRPORTS));
  }

  @Test
  void whatAnEarlierStepSaidOfItsOwnObjectIsNotSaidOfThisOne() throws Exception {
    Map<String, Object> ofAnother =
        Map.of(
            "CamelAwsS3ContentLength", 5L,
            "CamelAwsS3ContentEncoding", "gzip",
            "CamelAwsS3ETag", "stale",
            "CamelFileLength", 5L,
            "CamelFileName", "../elsewhere.csv");
    Exchange ended = run(to(AIRPORTS + "&compression=zip"), ofAnother);

    assertThat(RunContext.of(ended).getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(RunContext.of(ended).getETag()).isNotEqualTo("stale");
    assertThat(sandbox.s3().objects())
        .singleElement()
        .satisfies(object -> assertThat(object.headers()).doesNotContainKey("content-encoding"));
  }

  @Test
  void aStepAfterAFailedOneIsARunOfItsOwn() throws Exception {
    sandbox.domo().inject(DomoFault.cutAfter(100).onDataSet(SandboxDomo.ORDERS));
    RouteBuilder two =
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:host")
                .routeId("host")
                .errorHandler(noErrorHandler())
                .doTry()
                .to(ORDERS)
                .doCatch(Exception.class)
                .end()
                .to(AIRPORTS);
          }
        };
    Exchange ended = run(two, Map.of());

    assertThat(sandbox.s3().objects())
        .extracting(object -> object.key())
        .containsExactly("airports.csv");
    assertThat(RunContext.of(ended).getDataSetId()).isEqualTo(SandboxDomo.AIRPORTS);
    assertThat(RunContext.of(ended).getAttempt()).isOne();
  }

  @Test
  void aJobMayBeCalledInAnyLanguage() throws Exception {
    RouteBuilder job =
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:host")
                .routeId("umsätze-täglich")
                .errorHandler(noErrorHandler())
                .to(ORDERS);
          }
        };
    Exchange ended = run(job, Map.of());

    assertThat(ended.getException()).isNull();
    assertThat(sandbox.s3().objects())
        .singleElement()
        .satisfies(
            object ->
                assertThat(object.metadata())
                    .containsEntry("job", "=?UTF-8?B?dW1zw6R0emUtdMOkZ2xpY2g=?="));
  }

  @Test
  void itCanBeCalledWithoutARoute() throws Exception {
    context.start();
    Exchange ended = context.createFluentProducerTemplate().to(ORDERS).send();

    assertThat(ended.getException()).isNull();
    assertThat(sandbox.s3().bytes("orders.csv")).isEqualTo(export(SandboxDomo.ORDERS));
  }
}
