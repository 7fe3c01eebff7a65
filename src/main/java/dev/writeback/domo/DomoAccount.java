package dev.writeback.domo;

import dev.writeback.run.Checked;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.spi.Metadata;

/**
 * The credentials of one OAuth client of Domo's developer portal, and how its host is reached. It
 * is a named bean of a YAML file:
 *
 * <pre>
 * - beans:
 *     - name: acme
 *       type: dev.writeback.domo.DomoAccount
 *       properties:
 *         domoClientId: "{{env:DOMO_CLIENT_ID}}"
 *         domoClientSecret: "{{env:DOMO_CLIENT_SECRET}}"
 * </pre>
 *
 * <p>Proxy, TLS and everything else about HTTP are the options of Camel's component {@code https}.
 * Set once, then only read.
 */
@Metadata(label = "bean", description = "A client of Domo's developer portal.")
public class DomoAccount implements Checked {

  /** The host of Domo's public API. */
  public static final String DEFAULT_API_HOST = "api.domo.com";

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");
  private static final int SHOWN_OF_CLIENT_ID = 8;

  @Metadata(
      displayName = "Domo Client ID",
      required = true,
      description = "The client's id, from Domo's developer portal; its scopes are Data and User.")
  private String domoClientId;

  @Metadata(
      displayName = "Domo Client Secret",
      required = true,
      secret = true,
      description = "The client's secret.")
  private String domoClientSecret;

  @Metadata(
      defaultValue = DEFAULT_API_HOST,
      description = "Host of Domo's API. Plain http:// is for a loopback address only.")
  private String apiHost = DEFAULT_API_HOST;

  @Metadata(
      description =
          "Scopes to ask for, separated by spaces. Without it the token has all scopes of the client.")
  private String scope;

  @Metadata(
      javaType = "java.time.Duration",
      description =
          "How long to wait for a connection, such as 30s. Without it, the https component's.")
  private Duration connectTimeout;

  @Metadata(
      javaType = "java.time.Duration",
      description =
          "How long Domo may stay silent within a reply, such as 2m. Without it, the https component's.")
  private Duration readTimeout;

  @Metadata(
      javaType = "java.lang.Integer",
      description =
          "How many calls a minute all jobs of this client make together at most, such as 120."
              + " Without it, as many as they need. Where Domo refuses one for too many, all of"
              + " them wait as long as it asks.")
  private Integer requestsPerMinute;

  public String getDomoClientId() {
    return domoClientId;
  }

  public void setDomoClientId(String domoClientId) {
    this.domoClientId = domoClientId;
  }

  public String getDomoClientSecret() {
    return domoClientSecret;
  }

  public void setDomoClientSecret(String domoClientSecret) {
    this.domoClientSecret = domoClientSecret;
  }

  public String getApiHost() {
    return apiHost;
  }

  /** A host, with a port where it is not 443; a URL without a path is taken too. */
  public void setApiHost(String apiHost) {
    this.apiHost = apiHost;
  }

  public String getScope() {
    return scope;
  }

  public void setScope(String scope) {
    this.scope = scope;
  }

  public Duration getConnectTimeout() {
    return connectTimeout;
  }

  public void setConnectTimeout(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  public Duration getReadTimeout() {
    return readTimeout;
  }

  public void setReadTimeout(Duration readTimeout) {
    this.readTimeout = readTimeout;
  }

  public Integer getRequestsPerMinute() {
    return requestsPerMinute;
  }

  public void setRequestsPerMinute(Integer requestsPerMinute) {
    this.requestsPerMinute = requestsPerMinute;
  }

  /** From one call to the next at least. */
  Duration callSpacing() {
    return requestsPerMinute == null
        ? Duration.ZERO
        : Duration.ofMinutes(1).dividedBy(requestsPerMinute);
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    checkText(problems, "domoClientId", domoClientId);
    checkText(problems, "domoClientSecret", domoClientSecret);
    checkHost(problems);
    checkDuration(problems, "connectTimeout", connectTimeout);
    checkDuration(problems, "readTimeout", readTimeout);
    if (requestsPerMinute != null && requestsPerMinute < 1) {
      problems.add(
          "requestsPerMinute - not above zero - '" + requestsPerMinute + "' - such as 120");
    }
    return problems;
  }

  /**
   * @throws RunException with all {@link #problems}, where there are any
   */
  public void validate() {
    refuse(problems());
  }

  /**
   * @param problems of an account, in as many words as its context knows
   */
  static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new RunException(
          Outcome.CONFIGURATION, false, "Domo account: " + String.join("; ", problems));
    }
  }

  /**
   * Where the API is: scheme, host and port.
   *
   * @throws RunException if {@code apiHost} is not one
   */
  URI apiUrl() {
    String url = apiHost.contains("://") ? apiHost : "https://" + apiHost;
    try {
      URI uri = new URI(url).parseServerAuthority();
      boolean pathless = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
      if (uri.getHost() == null
          || uri.getUserInfo() != null
          || !pathless
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || !(uri.getScheme().equals("https") || uri.getScheme().equals("http"))) {
        throw notAHost();
      }
      if (uri.getScheme().equals("http") && !LOOPBACK.matcher(uri.getHost()).matches()) {
        throw new RunException(
            Outcome.CONFIGURATION,
            false,
            "apiHost - plain http would show the secret to the network - '"
                + uri.getHost()
                + "' - write it without http:// (only a loopback address such as http://127.0.0.1:8080 may go without TLS)");
      }
      return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
    } catch (URISyntaxException e) {
      throw notAHost();
    }
  }

  /** The value is left out: where it is a URL with user and password, it would be told to all. */
  private static RunException notAHost() {
    return new RunException(
        Outcome.CONFIGURATION,
        false,
        "apiHost - not a host - one like "
            + DEFAULT_API_HOST
            + ", with a port at most, and without user and path");
  }

  private static void checkText(List<String> problems, String name, String value) {
    if (value == null || value.isBlank()) {
      problems.add(name + " - missing - the one that Domo's developer portal shows");
    } else if (!value.equals(value.strip())) {
      problems.add(
          name + " - begins or ends with white space, as of a file's line end - remove it");
    }
  }

  private void checkHost(List<String> problems) {
    if (apiHost == null || apiHost.isBlank()) {
      problems.add("apiHost - empty - leave it out for " + DEFAULT_API_HOST);
      return;
    }
    try {
      apiUrl();
    } catch (RunException e) {
      problems.add(e.getMessage());
    }
  }

  private static void checkDuration(List<String> problems, String name, Duration value) {
    if (value != null && value.toMillis() <= 0) {
      problems.add(name + " - not above zero - '" + value.toMillis() + " ms' - such as 30s");
    }
  }

  /** The client's id, short, and the host; never the secret. */
  @Override
  public String toString() {
    return "Domo client " + shortClientId() + " at " + authority();
  }

  private String authority() {
    try {
      return apiHost == null ? "?" : apiUrl().getAuthority();
    } catch (RunException notAHost) {
      return "?";
    }
  }

  private String shortClientId() {
    if (domoClientId == null || domoClientId.isBlank()) {
      return "without an id";
    }
    if (domoClientId.length() <= SHOWN_OF_CLIENT_ID) {
      return domoClientId;
    }
    return domoClientId.substring(0, SHOWN_OF_CLIENT_ID) + "...";
  }
}
