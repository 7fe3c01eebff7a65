package dev.writeback.domo;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;

/**
 * What a request was authorized with. Gateways and error pages repeat it: then it would stand in
 * logs and alerts.
 */
record SentSecrets(List<String> values) {

  /** Below that it is no secret of Domo's, but a part of words. */
  private static final int SHORTEST = 8;

  private static final String MASK = "***";

  /** Those of the header {@code Authorization}. */
  static SentSecrets of(HttpMessage request) {
    Header header = request.getFirstHeader("Authorization");
    String[] authorization = header == null ? new String[0] : header.getValue().split(" ", 2);
    if (authorization.length < 2) {
      return new SentSecrets(List.of());
    }
    // An address or a page may write the equals signs at the end in another way.
    String sent = authorization[1].replaceFirst("=+$", "");
    return new SentSecrets(
        authorization[0].equals("Basic") ? List.of(sent, secret(sent)) : List.of(sent));
  }

  private static String secret(String basic) {
    String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
    return pair.substring(pair.indexOf(':') + 1);
  }

  /** The text without them; null of null. */
  String removedFrom(String text) {
    if (text == null) {
      return null;
    }
    String clean = text;
    for (String value : values) {
      clean = value.length() < SHORTEST ? clean : clean.replace(value, MASK);
    }
    return clean;
  }

  /** Not the values. */
  @Override
  public String toString() {
    return "SentSecrets[" + values.size() + "]";
  }
}
