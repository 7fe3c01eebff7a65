package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.apache.camel.component.http.HttpComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the network, a proxy and a server in Domo's place can do. */
class ConnectionTest {

  private static final String ID = "845305d8";

  @Test
  void goesThroughTheProxyOfCamelsHttpComponent() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        SandboxContext context = new SandboxContext(URI.create("http://127.0.0.1:1"))) {
      HttpComponent http = context.camel.getComponent("http", HttpComponent.class);
      http.setProxyHost("127.0.0.1");
      http.setProxyPort(sandbox.domoUrl().getPort());

      assertThat(context.dataSet(SandboxDomo.ORDERS).id()).isEqualTo(SandboxDomo.ORDERS);
    }
  }

  @Test
  void keepsTheTimeoutsOfCamelsHttpComponentWhereTheAccountHasNone() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        SandboxContext context = new SandboxContext(sandbox.domoUrl())) {
      context.camel.getComponent("http", HttpComponent.class).setSoTimeout(250);
      sandbox.domo().inject(DomoFault.stall(Endpoint.METADATA, 0));

      assertThatThrownBy(() -> context.dataSet(SandboxDomo.ORDERS))
          .hasMessageContaining("Domo was silent for 250 ms");
    }
  }

  @Test
  void prefersTheTimeoutsOfTheAccount() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        SandboxContext context = new SandboxContext(sandbox.domoUrl())) {
      context.account.setReadTimeout(Duration.ofMillis(200));
      sandbox.domo().inject(DomoFault.stall(Endpoint.METADATA, 0));

      assertThatThrownBy(() -> context.dataSet(SandboxDomo.ORDERS))
          .isInstanceOfSatisfying(
              DomoException.class,
              e -> {
                assertThat(e.outcome()).isEqualTo(Outcome.DOMO);
                assertThat(e.isRetryable()).isTrue();
              })
          .hasMessageContaining("Domo was silent for 200 ms");
    }
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    try (SandboxContext context = new SandboxContext(URI.create("http://127.0.0.1:1"))) {
      assertThatThrownBy(() -> context.dataSet(ID))
          .isInstanceOfSatisfying(DomoException.class, e -> assertThat(e.isRetryable()).isTrue())
          .hasMessageContaining("the connection was refused");
    }
  }

  @Test
  void doesNotTrustTheEndOfAConnectionInTheMiddleOfALine() throws Exception {
    try (AnsweringDomo domo = new AnsweringDomo("text/csv", "id,amount\n1,100");
        SandboxContext context = new SandboxContext(domo.url())) {
      InputStream body = context.export(ID, "strict");

      assertThatThrownBy(body::readAllBytes)
          .isInstanceOfSatisfying(
              IOException.class,
              e -> assertThat(RunException.in(e).outcome()).isEqualTo(Outcome.NOT_PROVED))
          .hasMessageContaining("the last line has no end");
      assertThat(context.export(ID, "warn").readAllBytes()).hasSize(15);
    }
  }

  @Test
  void doesNotTakeAnEmptyBodyForADataSet() throws Exception {
    try (AnsweringDomo domo = new AnsweringDomo("text/csv", "");
        SandboxContext context = new SandboxContext(domo.url())) {
      InputStream body = context.export(ID, "strict");

      assertThatThrownBy(body::read).hasMessageContaining("an empty body");
    }
  }

  @Test
  void doesNotTakeAPageForACsv() throws Exception {
    try (AnsweringDomo domo = new AnsweringDomo("text/html; charset=utf-8", "<h1>Log in</h1>");
        SandboxContext context = new SandboxContext(domo.url())) {
      assertThatThrownBy(() -> context.export(ID, "off"))
          .isInstanceOf(DomoException.class)
          .hasMessageContaining("Domo answered no CSV but text/html");
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    try (AnsweringDomo domo = new AnsweringDomo("302 Found", "Location: http://127.0.0.1:1/", "");
        SandboxContext context = new SandboxContext(domo.url())) {
      assertThatThrownBy(() -> context.export(ID, "off"))
          .isInstanceOf(DomoException.class)
          .hasMessageContaining("Domo answered 302 Found");
    }
  }

  @ParameterizedTest
  @CsvSource({"../x", "a/b", "a?b", "a b"})
  void refusesAnIdThatWouldBeAnotherPath(String id) throws Exception {
    try (AnsweringDomo domo = new AnsweringDomo("text/csv", "");
        SandboxContext context = new SandboxContext(domo.url())) {
      DomoEndpoint endpoint =
          context.camel.getEndpoint("domo:export?account=sandbox&verify=off", DomoEndpoint.class);
      endpoint.setDataSet(id);

      assertThatThrownBy(() -> endpoint.createProducer().process(endpoint.createExchange()))
          .isInstanceOfSatisfying(
              RunException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.CONFIGURATION))
          .hasMessageContaining("'" + id + "'");
    }
  }
}
