package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Lets in who may ask the running program, and answers who was refused. A web page that somebody
 * has open on this machine can reach the port, also by a name of its own for 127.0.0.1: so whatever
 * comes from a browser, or asks for another host, is refused before its token is looked at.
 */
public final class ManagementDoor implements CamelContextAware {

  /** The answer's header with the exit code of the command that has asked. */
  static final String EXIT_CODE = "Exit-Code";

  private static final String BEARER = "Bearer ";
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int FAILED = 500;

  private CamelContext context;

  /** A question that is not answered. */
  private static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  /** Refuses whoever may not ask. */
  public void admit(
      @Header(Exchange.HTTP_URL) String url,
      @Header("Origin") String origin,
      @Header("Authorization") String authorization) {
    if (origin != null || !isThisMachine(url)) {
      throw new Refused(FORBIDDEN, "Only commands on this machine may ask, no web page");
    }
    String token = ManagementPort.token(context);
    if (token.isEmpty()
        || authorization == null
        || !authorization.startsWith(BEARER)
        || !isSame(token, authorization.substring(BEARER.length()))) {
      throw new Refused(
          UNAUTHORIZED,
          "The token of " + RunningFile.PATH + " is missing: Authorization: Bearer TOKEN");
    }
  }

  /** By the host that was asked for, whatever its address is. */
  private boolean isThisMachine(String url) {
    int port = ManagementPort.port(context);
    try {
      return url != null
          && List.of("127.0.0.1:" + port, "localhost:" + port)
              .contains(String.valueOf(new URI(url).getRawAuthority()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Takes as long wherever they differ. */
  private static boolean isSame(String token, String given) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers, in words, who was refused or whose question has failed. */
  public void refuse(Exchange exchange) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    int status;
    if (thrown instanceof Refused refused) {
      status = refused.status;
    } else {
      RunException failure = RunException.in(thrown);
      status = failure.outcome() == Outcome.CONFIGURATION ? BAD_REQUEST : FAILED;
      exchange.getMessage().setHeader(EXIT_CODE, failure.outcome().exitCode());
      thrown = failure;
    }
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
    exchange.getMessage().setBody(thrown.getMessage());
  }

  @Override
  public CamelContext getCamelContext() {
    return context;
  }

  @Override
  public void setCamelContext(CamelContext context) {
    this.context = context;
  }
}
