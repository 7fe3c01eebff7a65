package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The Signature Version 4 of one request, in the Authorization header, as described in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
 */
record Signature(
    String accessKeyId,
    String day,
    String region,
    String service,
    List<String> headers,
    String hex) {

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + " *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration SKEW = Duration.ofMinutes(15);

  /** Reads the request's signature; without one, the request is refused as AWS does. */
  static Signature of(HttpExchange exchange) throws AwsError {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null) {
      throw new AwsError(403, "AccessDenied", "Access Denied");
    }
    Matcher parts = AUTHORIZATION.matcher(authorization);
    if (!parts.matches()) {
      throw new AwsError(
          400, "AuthorizationHeaderMalformed", "The authorization header you provided is invalid.");
    }
    return new Signature(
        parts.group(1),
        parts.group(2),
        parts.group(3),
        parts.group(4),
        Arrays.asList(parts.group(5).split(";")),
        parts.group(6));
  }

  /**
   * @param payloadHash what the signer put in the canonical request's last line
   */
  void check(HttpExchange exchange, String secretAccessKey, String payloadHash) throws AwsError {
    String time = exchange.getRequestHeaders().getFirst("x-amz-date");
    checkTime(time);
    String scope = day + "/" + region + "/" + service + "/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + time
            + "\n"
            + scope
            + "\n"
            + sha256(canonical(exchange, payloadHash));
    byte[] key = ("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8);
    for (String step : List.of(day, region, service, "aws4_request", toSign)) {
      key = hmac(key, step);
    }
    if (!HexFormat.of().formatHex(key).equals(hex)) {
      throw new AwsError(
          403,
          "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided."
              + " Check your key and signing method.");
    }
  }

  private void checkTime(String time) throws AwsError {
    Instant signed;
    try {
      signed = TIME.parse(time == null ? "" : time, Instant::from);
    } catch (DateTimeParseException e) {
      throw new AwsError(403, "AccessDenied", "A valid x-amz-date header is required.");
    }
    if (!time.startsWith(day)
        || Duration.between(signed, Instant.now()).abs().compareTo(SKEW) > 0) {
      throw new AwsError(
          403,
          "RequestTimeTooSkewed",
          "The difference between the request time and the server's time is too large.");
    }
  }

  private String canonical(HttpExchange exchange, String payloadHash) {
    StringBuilder canonical = new StringBuilder();
    canonical.append(exchange.getRequestMethod()).append('\n');
    canonical.append(exchange.getRequestURI().getRawPath()).append('\n');
    Map<String, String> query = new TreeMap<>();
    RequestUri.query(exchange.getRequestURI())
        .forEach((name, value) -> query.put(encode(name), encode(value)));
    String separator = "";
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      canonical.append(separator).append(parameter.getKey()).append('=');
      canonical.append(parameter.getValue());
      separator = "&";
    }
    canonical.append('\n');
    for (String header : headers) {
      List<String> values = exchange.getRequestHeaders().getOrDefault(header, List.of());
      String joined = String.join(",", values).trim().replaceAll(" +", " ");
      canonical.append(header.toLowerCase(Locale.ROOT)).append(':').append(joined).append('\n');
    }
    canonical.append('\n').append(String.join(";", headers)).append('\n').append(payloadHash);
    return canonical.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
