package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Issues access tokens for client credentials, and knows them again. Thread-safe. */
final class DomoTokens {

  /** What Domo's documented example says. */
  static final Duration USUAL_LIFE = Duration.ofSeconds(3599);

  private static final List<String> SCOPES =
      List.of("account", "audit", "buzz", "dashboard", "data", "user", "workflow");

  private record Token(Instant expires, Set<String> scopes) {}

  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger issued = new AtomicInteger();
  private volatile Duration life = USUAL_LIFE;
  private volatile long user = SandboxDomo.OWNER_ID;

  void setLife(Duration life) {
    this.life = life;
  }

  void setUser(long user) {
    this.user = user;
  }

  int issued() {
    return issued.get();
  }

  Set<String> all() {
    return Set.copyOf(tokens.keySet());
  }

  void revokeAll() {
    tokens.clear();
  }

  /** Answers /oauth/token: GET as documented, POST as Domo's own Python and Java clients do. */
  Map<String, Object> issue(HttpExchange exchange, Map<String, String> query)
      throws IOException, DomoError {
    Map<String, String> parameters = new LinkedHashMap<>(query);
    String method = exchange.getRequestMethod();
    if (method.equals("POST")) {
      byte[] form = exchange.getRequestBody().readAllBytes();
      parameters.putAll(RequestUri.parameters(new String(form, StandardCharsets.UTF_8).trim()));
    } else if (!method.equals("GET")) {
      throw DomoError.of(405, "Request method '" + method + "' not supported");
    }
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (Sandbox.CLIENT_ID + ":" + Sandbox.CLIENT_SECRET).getBytes(StandardCharsets.UTF_8));
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null || !authorization.equals("Basic " + basic)) {
      throw DomoError.invalidClient();
    }
    String grant = parameters.get("grant_type");
    if (!"client_credentials".equals(grant)) {
      throw DomoError.oauth(400, "unsupported_grant_type", "Unsupported grant type: " + grant);
    }
    return token(scopes(parameters.getOrDefault("scope", "data user")));
  }

  private static Set<String> scopes(String asked) throws DomoError {
    Set<String> scopes = new LinkedHashSet<>(Arrays.asList(asked.trim().split(" +")));
    for (String scope : scopes) {
      if (!SCOPES.contains(scope)) {
        throw DomoError.oauth(400, "invalid_scope", "Invalid scope: " + scope);
      }
    }
    return scopes;
  }

  private Map<String, Object> token(Set<String> scopes) throws IOException {
    Instant expires = Instant.now().plus(life);
    String jti = UUID.randomUUID().toString();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", "27");
    claims.put("scope", scopes);
    claims.put("client_id", Sandbox.CLIENT_ID);
    claims.put("exp", expires.getEpochSecond());
    claims.put("jti", jti);
    String token =
        part(Map.of("alg", "none", "typ", "JWT"))
            + '.'
            + part(claims)
            + '.'
            + Signature.sha256(UUID.randomUUID().toString());
    tokens.put(token, new Token(expires, scopes));
    issued.incrementAndGet();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("access_token", token);
    answer.put("token_type", "bearer");
    answer.put("expires_in", life.toSeconds());
    answer.put("scope", String.join(" ", scopes));
    answer.put("customer", "sandbox");
    answer.put("env", "sandbox");
    answer.put("userId", user);
    answer.put("role", "Admin");
    answer.put("jti", jti);
    return answer;
  }

  private static String part(Object claims) throws IOException {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Reply.JSON.writeValueAsBytes(claims));
  }

  /** Lets a request in that brings a living token for the scope. */
  void check(HttpExchange exchange, String scope) throws DomoError {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw DomoError.invalidToken("Full authentication is required to access this resource");
    }
    Token token = tokens.get(authorization.substring(7).trim());
    if (token == null) {
      throw DomoError.invalidToken("Invalid access token");
    }
    if (!Instant.now().isBefore(token.expires())) {
      throw DomoError.invalidToken(
          "An error occurred while attempting to decode the Jwt: Jwt expired at "
              + token.expires());
    }
    if (!token.scopes().contains(scope)) {
      throw DomoError.oauth(403, "insufficient_scope", "Insufficient scope for this resource");
    }
  }
}
