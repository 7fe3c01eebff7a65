package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TlsTest {

  private Sandbox sandbox;
  private SandboxContext context;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.builder().https(true).start();
    context = new SandboxContext(sandbox.domoUrl());
  }

  @AfterEach
  void close() throws IOException {
    context.close();
    sandbox.close();
  }

  @Test
  void tellsThatTheCertificateIsNotTrusted() {
    assertThatThrownBy(() -> context.dataSet(SandboxDomo.ORDERS))
        .isInstanceOf(DomoException.class)
        .hasMessageContaining("TLS failed")
        .hasMessageContaining("trusted certificates");
  }

  @Test
  void usesTheTlsOfCamelsHttpsComponent() throws Exception {
    trustTheSandbox();

    assertThat(context.export(SandboxDomo.ORDERS, "strict").readAllBytes()).isNotEmpty();
  }

  @Test
  void endsAReadThatWaitsWhenItIsClosed() throws Exception {
    trustTheSandbox();
    sandbox.domo().inject(DomoFault.stall(Endpoint.EXPORT, 50));
    InputStream body = context.export(SandboxDomo.ORDERS, "off");
    assertThat(body.readNBytes(50)).hasSize(50);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread reader = new Thread(() -> failure.complete(catchThrowable(body::read)));
    reader.start();
    await()
        .until(
            () ->
                Stream.of(reader.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().endsWith("NioSocketImpl")));

    body.close();

    assertThat(failure.get()).isInstanceOf(IOException.class).hasMessageContaining("given up");
  }

  private void trustTheSandbox() throws IOException, GeneralSecurityException {
    Path pem = sandbox.certificate().orElseThrow();
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      trusted.setCertificateEntry(
          "sandbox", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    TrustManagersParameters trustManagers = new TrustManagersParameters();
    trustManagers.setTrustManager(factory.getTrustManagers()[0]);
    SSLContextParameters parameters = new SSLContextParameters();
    parameters.setTrustManagers(trustManagers);
    context.camel.getComponent("https", HttpComponent.class).setSslContextParameters(parameters);
  }
}
