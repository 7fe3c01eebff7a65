package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.TypeConversionException;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;
import org.apache.camel.util.ObjectHelper;

/**
 * Lets in who may ask the running program, and answers who was refused: who is on this machine,
 * wherever the port is open to, and holds the token. Web pages do not come so far: {@link
 * ManagementGate}.
 */
public final class ManagementDoor implements CamelContextAware {

  /** The answer's header with the exit code of the command that has asked. */
  static final String EXIT_CODE = "Exit-Code";

  static final String NOT_HERE = "Only commands on this machine may ask";

  private static final String BEARER = "Bearer ";
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
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
      @Header(VertxPlatformHttpConstants.REMOTE_ADDRESS) SocketAddress remote,
      @Header(VertxPlatformHttpConstants.LOCAL_ADDRESS) SocketAddress local,
      @Header("Authorization") String authorization) {
    if (!ManagementGate.isOfThisMachine(remote, local)) {
      throw new Refused(FORBIDDEN, NOT_HERE);
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

  /** Takes as long wherever they differ. */
  private static boolean isSame(String token, String given) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers, in words, who was refused or whose question has failed. */
  public void refuse(Exchange exchange) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    int status;
    TypeConversionException argument =
        ObjectHelper.getException(TypeConversionException.class, thrown);
    if (thrown instanceof Refused refused) {
      status = refused.status;
    } else if (argument != null) {
      status = BAD_REQUEST;
      exchange.getMessage().setHeader(EXIT_CODE, Outcome.CONFIGURATION.exitCode());
      thrown =
          new RunException(
              Outcome.CONFIGURATION,
              false,
              "an argument of the question is wrong - '" + argument.getValue() + "'");
    } else {
      RunException failure = RunException.in(thrown);
      status = status(failure);
      exchange.getMessage().setHeader(EXIT_CODE, failure.outcome().exitCode());
      thrown = failure;
    }
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
    exchange.getMessage().setBody(thrown.getMessage());
  }

  private static int status(RunException failure) {
    if (failure instanceof UnknownRunException) {
      return NOT_FOUND;
    }
    return failure.outcome() == Outcome.CONFIGURATION ? BAD_REQUEST : FAILED;
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
