package dev.writeback.ledger;

import dev.writeback.run.Checked;
import java.net.URI;
import java.util.List;

/**
 * Where alerts are posted to. The address is a secret: most services put a token into it. So it is
 * a bean's, and never part of an endpoint's URI, which Camel prints.
 */
public final class Webhook implements Checked {

  private String url = "";

  /** An {@code http} or {@code https} URL; empty where nobody is to be called. */
  public String getUrl() {
    return url;
  }

  /** Whether somebody is to be called. */
  public boolean isSet() {
    return !url.isEmpty();
  }

  public void setUrl(String url) {
    this.url = url.trim();
  }

  @Override
  public List<String> problems() {
    return url.isEmpty() || isWeb(url)
        ? List.of()
        : List.of("url - not a web address - (not shown) - one that begins with https://");
  }

  private static boolean isWeb(String url) {
    try {
      URI uri = URI.create(url);
      return url.matches("(?i)https?://.+") && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "Webhook";
  }
}
