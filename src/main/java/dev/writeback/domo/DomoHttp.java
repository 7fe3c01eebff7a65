package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.TimeText;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.HttpHost;

/**
 * HTTP to one Domo host, by the client that Camel's component {@code https} (for a loopback {@code
 * http://}: {@code http}) builds, so that its proxy, TLS and time-outs hold. It repeats nothing,
 * follows no redirect and keeps no cookie. Safe for use by several threads.
 */
final class DomoHttp implements Closeable {

  private final HttpHost host;
  private final HttpEndpoint endpoint;
  private final HttpClient client;
  private final Duration readTimeout;

  DomoHttp(CamelContext camelContext, DomoAccount account) throws Exception {
    URI url = account.apiUrl();
    host = HttpHost.create(url);
    HttpComponent component = camelContext.getComponent(url.getScheme(), HttpComponent.class);
    endpoint = (HttpEndpoint) component.createEndpoint(url.toString(), timeouts(account));
    endpoint
        .getClientBuilder()
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement();
    ServiceHelper.startService(endpoint);
    client = endpoint.getHttpClient();
    long silence =
        endpoint.getResponseTimeout() > 0 ? endpoint.getResponseTimeout() : endpoint.getSoTimeout();
    readTimeout = Duration.ofMillis(silence);
  }

  private static Map<String, Object> timeouts(DomoAccount account) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (account.getConnectTimeout() != null) {
      parameters.put("connectTimeout", String.valueOf(account.getConnectTimeout().toMillis()));
    }
    if (account.getReadTimeout() != null) {
      String millis = String.valueOf(account.getReadTimeout().toMillis());
      parameters.put("responseTimeout", millis);
      parameters.put("soTimeout", millis);
    }
    return parameters;
  }

  /**
   * Sends the request and waits for the head of the reply.
   *
   * @param wanted what the call is for, as in "export of DataSet x"
   */
  Reply send(HttpUriRequestBase request, String wanted, Cancellation cancellation) {
    try {
      cancellation.begin(request);
      return new Reply(request, client.executeOpen(host, request, null));
    } catch (IOException e) {
      request.cancel();
      throw broken(wanted, e);
    }
  }

  /** The failure of a call that Domo did not answer to its end. */
  DomoException broken(String wanted, IOException failure) {
    return new DomoException(
        Outcome.DOMO,
        true,
        wanted + " from " + host.toHostString() + ": " + inWords(failure),
        failure);
  }

  private String inWords(IOException failure) {
    if (failure instanceof ConnectTimeoutException) {
      return "no connection within the connect time-out. Check apiHost, the network and the proxy";
    }
    if (failure instanceof SocketTimeoutException) {
      return "Domo was silent for "
          + TimeText.of(readTimeout)
          + ", the read time-out (readTimeout of the account)";
    }
    if (failure instanceof UnknownHostException) {
      return "this host is not known. Check apiHost and the network's name service";
    }
    if (failure instanceof ConnectException) {
      return "the connection was refused. Check apiHost, the network and the proxy";
    }
    if (failure instanceof SSLException) {
      return "TLS failed ("
          + failure.getMessage()
          + "). Check the trusted certificates of Camel's https component";
    }
    String message = failure.getMessage();
    return "the connection broke ("
        + (message == null ? failure.getClass().getSimpleName() : message)
        + ")";
  }

  /** Ends all calls that are under way. */
  @Override
  public void close() {
    ServiceHelper.stopAndShutdownService(endpoint);
  }
}
