package dev.writeback.domo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * The calls of Domo's DataSet API that we make, for one account. Each is made once; only a refused
 * token is renewed, once, and that call repeated. Safe for use by several threads.
 *
 * <p>Source of paths and parameters: Domo's developer portal, "Authentication" and "DataSet API".
 */
final class DomoClient implements Closeable {

  /** Domo's query endpoint answers at most so many rows, whatever the query says. */
  static final long MOST_QUERY_ROWS = 1_000_000;

  /** As many DataSets as Domo lists at once. */
  private static final int PAGE = 50;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CSV = "text/csv";
  private static final Pattern DATA_SET_ID = Pattern.compile("[A-Za-z0-9_-]+");

  private final DomoAccount account;
  private final CallBudget budget;
  private final DomoHttp http;
  private final TokenSource tokens;

  /**
   * @param budget which it shares with all that call as the same client
   */
  DomoClient(CamelContext camelContext, DomoAccount account, CallBudget budget) throws Exception {
    this.account = account;
    this.budget = budget;
    this.http = new DomoHttp(camelContext, account);
    this.tokens = new TokenSource(this::newToken, InstantSource.system());
  }

  /**
   * Makes sure that there is a token, so that refused credentials are told before anything else.
   */
  void authenticate() {
    tokens.get();
  }

  /**
   * The CSV of all rows that this client may see, with a header, still on the wire.
   *
   * @param run told the counters as bytes pass, or null
   */
  ExportStream export(
      String dataSet,
      FormulaEscaping formulas,
      Cancellation cancellation,
      Proof proof,
      RunContext run) {
    String wanted = "export of DataSet " + dataSet;
    String path = dataSetPath(dataSet) + "/data?includeHeader=true" + formulas.query();
    Reply reply = authorized(wanted, () -> get(path, CSV), cancellation);
    if (reply.isOfType("text/html") || reply.isOfType("application/json")) {
      String type = reply.sentSecrets().removedFrom(reply.header("Content-Type").orElse(""));
      throw notAnAnswer(wanted, "Domo answered no CSV but " + type, reply);
    }
    return new ExportStream(wanted, http, reply, cancellation, proof, run);
  }

  /**
   * An increment's CSV, which others have put together.
   *
   * @param run told the counters as bytes pass, or null
   */
  ExportStream increment(
      String dataSet, CsvSource source, Cancellation cancellation, Proof proof, RunContext run) {
    return new ExportStream(
        "increment of DataSet " + dataSet, http, source, cancellation, proof, run);
  }

  DataSet dataSet(String dataSet, Cancellation cancellation) {
    String wanted = "metadata of DataSet " + dataSet;
    String path = dataSetPath(dataSet);
    try (Reply reply = authorized(wanted, () -> get(path, "application/json"), cancellation)) {
      return DataSet.of(json(wanted, reply));
    }
  }

  /**
   * The update method of the stream that feeds the DataSet, such as APPEND; empty where no stream
   * does, as for the output of a DataFlow.
   */
  Optional<String> updateMethod(String dataSet, Cancellation cancellation) {
    String wanted = "stream of DataSet " + dataSet;
    checkId(dataSet);
    String path = "/v1/streams/search?q=dataSource.id:" + dataSet;
    try (Reply reply = authorized(wanted, () -> get(path, "application/json"), cancellation)) {
      for (JsonNode stream : json(wanted, reply, JsonNode::isArray, "array")) {
        if (dataSet.equals(stream.path("dataSet").path("id").asText())) {
          return Optional.of(stream.path("updateMethod").asText());
        }
      }
      return Optional.empty();
    }
  }

  /**
   * One page of the DataSets that this client may see: those whose names have the text in them,
   * whatever its case, in the order of their names. Empty behind the last.
   */
  List<DataSet> dataSets(String nameLike, int offset, Cancellation cancellation) {
    String wanted = "list of DataSets called like '" + nameLike + "'";
    String path =
        "/v1/datasets?sort=name&limit="
            + PAGE
            + "&offset="
            + offset
            + "&nameLike="
            + encoded(nameLike);
    try (Reply reply = authorized(wanted, () -> get(path, "application/json"), cancellation)) {
      List<DataSet> page = new ArrayList<>();
      for (JsonNode item : json(wanted, reply, JsonNode::isArray, "array")) {
        page.add(DataSet.of(item));
      }
      return page;
    }
  }

  /** The Domo user as whom this client acts, where Domo says so. */
  Optional<Long> userId() {
    return Optional.ofNullable(tokens.get().userId());
  }

  /** What the account's token may be used for; empty where Domo does not say. */
  List<String> scopes() {
    return tokens.get().scopes();
  }

  QueryRows query(String dataSet, String sql, Cancellation cancellation) {
    String wanted = "query of DataSet " + dataSet;
    checkId(dataSet);
    String body = JsonNodeFactory.instance.objectNode().put("sql", sql).toString();
    Reply reply =
        authorized(
            wanted,
            () -> {
              HttpPost post = new HttpPost("/v1/datasets/query/execute/" + dataSet);
              post.setHeader("Accept", "application/json");
              post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
              return post;
            },
            cancellation);
    return new QueryRows(wanted, reply, http);
  }

  private Reply authorized(
      String wanted, Supplier<HttpUriRequestBase> request, Cancellation cancellation) {
    AccessToken token = tokens.get();
    HttpUriRequestBase sent = request.get();
    Reply reply = send(wanted, sent, token, cancellation);
    if (isTokenRefused(reply, sent)) {
      // Read and dropped: a page or a line of JSON, so that its connection can be used again.
      refusal(reply);
      tokens.refused(token);
      reply = send(wanted, request.get(), tokens.get(), cancellation);
    }
    if (reply.status() < 200 || reply.status() > 299) {
      throw refusal(reply).failure(wanted);
    }
    budget.answered(null);
    return reply;
  }

  /**
   * Domo has answered an expired token of a CSV call by 406 with a page (domo-java-sdk issue 11).
   */
  private static boolean isTokenRefused(Reply reply, HttpUriRequestBase request) {
    return reply.status() == 401
        || reply.status() == 406 && CSV.equals(request.getFirstHeader("Accept").getValue());
  }

  private Reply send(
      String wanted, HttpUriRequestBase request, AccessToken token, Cancellation cancellation) {
    request.setHeader("Authorization", "Bearer " + token.value());
    return send(wanted, request, cancellation);
  }

  private Reply send(String wanted, HttpUriRequestBase request, Cancellation cancellation) {
    try {
      budget.await(wanted, cancellation);
    } catch (InterruptedIOException e) {
      throw http.broken(wanted, e);
    }
    return http.send(request, wanted, cancellation);
  }

  private ErrorReply refusal(Reply reply) {
    ErrorReply refusal = ErrorReply.of(reply);
    if (refusal.asksForPause()) {
      budget.answered(refusal);
    }
    return refusal;
  }

  private AccessToken newToken(Instant asked) {
    String wanted = "token for the " + account;
    String path = "/oauth/token?grant_type=client_credentials";
    if (account.getScope() != null && !account.getScope().isBlank()) {
      path += "&scope=" + encoded(account.getScope().strip());
    }
    HttpUriRequestBase request = get(path, "application/json");
    String credentials = account.getDomoClientId() + ":" + account.getDomoClientSecret();
    request.setHeader(
        "Authorization",
        "Basic "
            + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    try (Reply reply = send(wanted, request, new Cancellation())) {
      if (reply.status() != 200) {
        throw refusal(reply).tokenFailure(wanted);
      }
      AccessToken token = AccessToken.of(json(wanted, reply), asked);
      if (token.value().isEmpty()) {
        throw notAnAnswer(wanted, "Domo's answer holds no access_token", reply);
      }
      return token;
    }
  }

  private JsonNode json(String wanted, Reply reply) {
    return json(wanted, reply, JsonNode::isObject, "object");
  }

  private JsonNode json(String wanted, Reply reply, Predicate<JsonNode> expected, String kind) {
    try {
      JsonNode json = JSON.readTree(reply.body());
      if (json == null || !expected.test(json)) {
        throw notAnAnswer(wanted, "Domo's answer is no JSON " + kind, reply);
      }
      return json;
    } catch (JsonProcessingException e) {
      throw notAnAnswer(wanted, "Domo's answer is no JSON", reply);
    } catch (IOException e) {
      throw http.broken(wanted, e);
    }
  }

  private static DomoException notAnAnswer(String wanted, String why, Reply reply) {
    reply.close();
    return new DomoException(
        Outcome.DOMO,
        true,
        null,
        reply.status(),
        null,
        wanted + ": " + why + ". Check apiHost, and whether a proxy answers in Domo's place");
  }

  private static HttpUriRequestBase get(String path, String accept) {
    HttpGet get = new HttpGet(path);
    get.setHeader("Accept", accept);
    return get;
  }

  private static String dataSetPath(String dataSet) {
    checkId(dataSet);
    return "/v1/datasets/" + dataSet;
  }

  private static void checkId(String dataSet) {
    if (!DATA_SET_ID.matcher(dataSet).matches()) {
      throw new DomoException(
          Outcome.CONFIGURATION,
          false,
          "The DataSet's id is '"
              + dataSet
              + "': it has to be the id in the DataSet's URL,"
              + " like 845305d8-da3d-4107-a9d6-13ef3f86d4a4",
          null);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Ends all calls that are under way. */
  @Override
  public void close() {
    http.close();
  }
}
