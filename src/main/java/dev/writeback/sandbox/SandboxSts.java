package dev.writeback.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The sandbox's Security Token Service: AssumeRole and GetCallerIdentity, as described in
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html. It trusts one caller,
 * {@link Sandbox#ACCESS_KEY_ID}, for one role, {@link Sandbox#ROLE_ARN}, with one external id.
 * Thread-safe.
 */
public final class SandboxSts {

  private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final String ACCOUNT = Sandbox.ROLE_ARN.split(":")[4];
  private static final String CALLER_ARN = "arn:aws:iam::" + ACCOUNT + ":user/writeback";
  private static final int MIN_DURATION = 900;
  private static final int MAX_DURATION = 43_200;
  private static final int MAX_POLICY = 2048;

  private final SessionKeys keys;
  private final List<StsCall> calls = new CopyOnWriteArrayList<>();
  private final Faults<AwsError> faults = new Faults<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Duration usualKeyLife;
  private volatile Duration keyLife;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean down;
  private volatile boolean asksForExternalId = true;

  SandboxSts(SessionKeys keys, Duration keyLife) {
    this.keys = keys;
    this.usualKeyLife = keyLife;
    this.keyLife = keyLife;
  }

  /** Every call so far, refused ones too, oldest first. */
  public List<StsCall> calls() {
    return List.copyOf(calls);
  }

  /** How many calls wait for their delay to be over. */
  public int callsUnderWay() {
    return underWay.get();
  }

  /** How many AssumeRole calls were granted. */
  public long assumed() {
    return calls.stream().filter(call -> call.mintedAccessKeyId() != null).count();
  }

  /**
   * The keys that a call was given, for who wants to try what they are good for.
   *
   * @param accessKeyId as {@link StsCall#mintedAccessKeyId} tells it
   */
  public AwsSessionCredentials minted(String accessKeyId) {
    SessionKeys.SessionKey key = keys.find(accessKeyId).orElseThrow();
    return AwsSessionCredentials.create(
        key.accessKeyId(), key.secretAccessKey(), key.sessionToken());
  }

  /**
   * How long the keys minted from now on really live, whatever the caller asks for; the answer
   * tells that life. Null: as long as asked.
   */
  public void setKeyLife(Duration keyLife) {
    this.keyLife = keyLife;
  }

  /** Breaks every connection without an answer while true. */
  public void setDown(boolean down) {
    this.down = down;
  }

  /** Whether the role's trust policy asks for the external id; true at first. */
  public void setAskingForExternalId(boolean asking) {
    asksForExternalId = asking;
  }

  /** How long each call waits before its answer; none by default. */
  public void setDelay(Duration delay) {
    this.delay = delay;
  }

  /**
   * Refuses the next calls.
   *
   * @param status for instance 403 with AccessDenied, 500 with InternalFailure
   * @param times how many calls; 0 for every one until {@link #heal}
   */
  public void refuse(int status, String code, int times) {
    refuse(status, code, "Refused by the sandbox, as it was told to.", times);
  }

  /** Refuses the next calls in these words. */
  void refuse(int status, String code, String message, int times) {
    faults.add(new AwsError(status, code, message), times);
  }

  /** Ends every fault; new keys live as long as at the start. */
  public void heal() {
    faults.clear();
    keyLife = usualKeyLife;
    down = false;
    delay = Duration.ZERO;
  }

  void handle(HttpExchange exchange) throws IOException {
    String requestId = UUID.randomUUID().toString();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (down) {
      throw new IOException("The STS is down, as it was told to be");
    }
    underWay.incrementAndGet();
    try {
      Pause.of(delay);
    } finally {
      underWay.decrementAndGet();
    }
    Map<String, String> form = RequestUri.parameters(new String(body, StandardCharsets.UTF_8));
    exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
    String[] signedBy = new String[1];
    try {
      AwsError fault = faults.take(any -> true).orElse(null);
      if (fault != null) {
        throw fault;
      }
      authenticate(exchange, body, signedBy);
      answer(exchange, form, signedBy[0], requestId);
    } catch (AwsError e) {
      record(form, signedBy[0], e.code(), null);
      Reply.send(
          exchange, e.status(), "text/xml", e.stsXml(requestId).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void authenticate(HttpExchange exchange, byte[] body, String[] signedBy)
      throws AwsError {
    if (!exchange.getRequestHeaders().containsKey("Authorization")) {
      throw new AwsError(
          403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }
    Signature signature = Signature.of(exchange);
    signedBy[0] = signature.accessKeyId();
    if (!signature.accessKeyId().equals(Sandbox.ACCESS_KEY_ID)) {
      throw new AwsError(
          403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
    if (!signature.service().equals("sts")) {
      throw new AwsError(
          403, "SignatureDoesNotMatch", "Credential should be scoped to correct service: 'sts'.");
    }
    signature.check(exchange, Sandbox.SECRET_ACCESS_KEY, Signature.sha256(body));
  }

  private void answer(
      HttpExchange exchange, Map<String, String> form, String signedBy, String requestId)
      throws AwsError, IOException {
    String action = form.getOrDefault("Action", "");
    switch (action) {
      case "AssumeRole" -> {
        SessionKeys.SessionKey key = assume(form);
        record(form, signedBy, null, key.accessKeyId());
        reply(exchange, action, assumed(form, key), requestId);
      }
      case "GetCallerIdentity" -> {
        record(form, signedBy, null, null);
        reply(exchange, action, identity(), requestId);
      }
      default ->
          throw new AwsError(
              400,
              "InvalidAction",
              "Could not find operation " + action + " for version 2011-06-15");
    }
  }

  private SessionKeys.SessionKey assume(Map<String, String> form) throws AwsError {
    String roleArn = required(form, "RoleArn");
    String sessionName = required(form, "RoleSessionName");
    if (!SESSION_NAME.matcher(sessionName).matches()) {
      throw invalid(
          "roleSessionName", sessionName, "satisfy regular expression pattern: [\\w+=,.@-]*");
    }
    int duration = duration(form);
    if (duration < MIN_DURATION || duration > MAX_DURATION) {
      throw invalid(
          "durationSeconds",
          String.valueOf(duration),
          "have value between " + MIN_DURATION + " and " + MAX_DURATION);
    }
    String policy = form.get("Policy");
    checkPolicy(policy);
    boolean trusted = !asksForExternalId || Sandbox.EXTERNAL_ID.equals(form.get("ExternalId"));
    if (!roleArn.equals(Sandbox.ROLE_ARN) || !trusted) {
      throw new AwsError(
          403,
          "AccessDenied",
          "User: "
              + CALLER_ARN
              + " is not authorized to perform: sts:AssumeRole on resource: "
              + roleArn);
    }
    Duration life = keyLife;
    return keys.mint(life == null ? Duration.ofSeconds(duration) : life, policy);
  }

  private static void checkPolicy(String policy) throws AwsError {
    if (policy == null) {
      return;
    }
    if (policy.length() > MAX_POLICY) {
      throw invalid("policy", "of " + policy.length(), "have length less than or equal to 2048");
    }
    try {
      Reply.JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      throw new AwsError(
          400, "MalformedPolicyDocument", "The policy is not in the valid JSON format.");
    }
  }

  private static int duration(Map<String, String> form) throws AwsError {
    String duration = form.getOrDefault("DurationSeconds", "3600");
    try {
      return Integer.parseInt(duration);
    } catch (NumberFormatException e) {
      throw new AwsError(400, "MalformedInput", "DurationSeconds is not an integer: " + duration);
    }
  }

  private static String required(Map<String, String> form, String name) throws AwsError {
    String value = form.get(name);
    if (value == null || value.isEmpty()) {
      throw invalid(name, "null", "not be null");
    }
    return value;
  }

  private static AwsError invalid(String field, String value, String constraint) {
    return new AwsError(
        400,
        "ValidationError",
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + field
            + "' failed to satisfy constraint: Member must "
            + constraint);
  }

  private void record(
      Map<String, String> form, String signedBy, String error, String mintedAccessKeyId) {
    int duration;
    try {
      duration = duration(form);
    } catch (AwsError e) {
      duration = -1;
    }
    calls.add(
        new StsCall(
            Instant.now(),
            form.getOrDefault("Action", ""),
            signedBy,
            form.get("RoleArn"),
            form.get("RoleSessionName"),
            form.get("ExternalId"),
            form.get("Policy"),
            duration,
            error,
            mintedAccessKeyId));
  }

  private static String assumed(Map<String, String> form, SessionKeys.SessionKey key) {
    String role = Sandbox.ROLE_ARN.substring(Sandbox.ROLE_ARN.lastIndexOf('/') + 1);
    String session = form.get("RoleSessionName");
    return "<AssumedRoleUser><AssumedRoleId>AROASANDBOXSANDBOXSAN:"
        + session
        + "</AssumedRoleId><Arn>arn:aws:sts::"
        + ACCOUNT
        + ":assumed-role/"
        + role
        + "/"
        + session
        + "</Arn></AssumedRoleUser><Credentials><AccessKeyId>"
        + key.accessKeyId()
        + "</AccessKeyId><SecretAccessKey>"
        + key.secretAccessKey()
        + "</SecretAccessKey><SessionToken>"
        + key.sessionToken()
        + "</SessionToken><Expiration>"
        + key.expiration()
        + "</Expiration></Credentials><PackedPolicySize>6</PackedPolicySize>";
  }

  private static String identity() {
    return "<Arn>"
        + CALLER_ARN
        + "</Arn><UserId>AIDASANDBOXSANDBOXSAN</UserId><Account>"
        + ACCOUNT
        + "</Account>";
  }

  private static void reply(HttpExchange exchange, String action, String result, String requestId)
      throws IOException {
    String xml =
        "<%1$sResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><%1$sResult>%2$s</%1$sResult>"
                .formatted(action, result)
            + "<ResponseMetadata><RequestId>%2$s</RequestId></ResponseMetadata></%1$sResponse>"
                .formatted(action, requestId);
    Reply.send(exchange, 200, "text/xml", xml.getBytes(StandardCharsets.UTF_8));
  }
}
