package dev.writeback.app;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.MainHttpServerFactory;

/**
 * Camel's management server with a gate before all its paths, and with the program's own health.
 */
final class ManagementServer extends ManagementHttpServer {

  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  private final ManagementPort port;

  private ManagementServer(ManagementPort port, ManagementHttpServer configured) {
    this.port = port;
    setCamelContext(configured.getCamelContext());
    setConfiguration(configured.getConfiguration());
    setInfoEnabled(configured.isInfoEnabled());
    setInfoPath(configured.getInfoPath());
    setDevConsoleEnabled(configured.isDevConsoleEnabled());
    setHealthCheckEnabled(configured.isHealthCheckEnabled());
    setHealthPath(configured.getHealthPath());
    setJolokiaEnabled(configured.isJolokiaEnabled());
    setJolokiaPath(configured.getJolokiaPath());
    setMetricsEnabled(configured.isMetricsEnabled());
    setUploadEnabled(configured.isUploadEnabled());
    setUploadSourceDir(configured.getUploadSourceDir());
    setDownloadEnabled(configured.isDownloadEnabled());
    setSendEnabled(configured.isSendEnabled());
  }

  /** Makes it wherever Camel would make its own. */
  static final class Factory implements MainHttpServerFactory {

    private final MainHttpServerFactory usual = new DefaultMainHttpServerFactory();
    private final ManagementPort port;

    Factory(ManagementPort port) {
      this.port = port;
    }

    @Override
    public Service newHttpServer(CamelContext context, HttpServerConfigurationProperties settings) {
      return usual.newHttpServer(context, settings);
    }

    @Override
    public Service newHttpManagementServer(
        CamelContext context, HttpManagementServerConfigurationProperties settings) {
      return new ManagementServer(
          port, (ManagementHttpServer) usual.newHttpManagementServer(context, settings));
    }
  }

  /** Nothing is answered before: what is answered has a path, and there is none yet. */
  @Override
  protected void setupConsoles() {
    getRouter().route().order(Integer.MIN_VALUE).handler(port.gate());
    getRouter().get(RunningProof.PATH).handler(this::prove);
    super.setupConsoles();
  }

  @Override
  protected void setupHealthCheckConsole() {
    health("", HealthAnswer.Kind.ALL);
    health("/live", HealthAnswer.Kind.LIVE);
    health("/ready", HealthAnswer.Kind.READY);
  }

  private void health(String path, HealthAnswer.Kind kind) {
    getRouter()
        .get(getHealthPath() + path)
        .produces("application/json")
        .blockingHandler(asked -> tell(asked, kind), false);
  }

  private void tell(RoutingContext asked, HealthAnswer.Kind kind) {
    HealthAnswer answer = new HealthAnswer(getCamelContext(), kind, port::isBegun);
    HttpServerResponse response = asked.response();
    response.putHeader("Content-Type", "application/json");
    if (!answer.isUp()) {
      response.setStatusCode(UNAVAILABLE);
    }
    response.end(answer.json());
  }

  private void prove(RoutingContext asked) {
    HttpServerResponse response = asked.response().putHeader("Content-Type", "text/plain");
    String question = asked.request().getParam(RunningProof.QUESTION);
    if (!ManagementGate.isOfThisMachine(
        asked.request().remoteAddress(), asked.request().localAddress())) {
      response.setStatusCode(FORBIDDEN).end(ManagementDoor.NOT_HERE);
    } else if (!RunningProof.isQuestion(question)) {
      response.setStatusCode(BAD_REQUEST).end(RunningProof.QUESTION + " - not 43 of A-Za-z0-9_-");
    } else {
      response.end(RunningProof.answer(port.runningFile(getCamelContext()), question));
    }
  }
}
