package dev.writeback.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.writeback.sandbox.DataSet.Column;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.DomoFault.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Finds out what a request to Domo wants, whether it may, and lets it be answered. */
final class DomoRouter {

  private final SandboxDomo domo;
  private final DomoCatalog catalog;
  private final DomoTokens tokens;
  private final DomoPages pages;
  private final DomoExports exports;

  DomoRouter(SandboxDomo domo, DomoCatalog catalog, DomoTokens tokens) {
    this.domo = domo;
    this.catalog = catalog;
    this.tokens = tokens;
    this.pages = new DomoPages(catalog);
    this.exports = new DomoExports(domo);
  }

  /**
   * @throws DomoError if it may not, or there is no such thing
   */
  DomoAnswer route(HttpExchange exchange) throws IOException, DomoError {
    Map<String, String> query = RequestUri.query(exchange.getRequestURI());
    List<String> path = Arrays.asList(exchange.getRequestURI().getPath().substring(1).split("/"));
    if (path.equals(List.of("oauth", "token"))) {
      refuseIfTold(exchange, Endpoint.TOKEN, null);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      return DomoAnswer.json(tokens.issue(exchange, query));
    }
    if (path.size() < 2 || !path.get(0).equals("v1")) {
      throw DomoError.of(404, "No such path: " + exchange.getRequestURI().getPath());
    }
    return switch (path.get(1)) {
      case "datasets" -> dataSets(exchange, path.subList(2, path.size()), query);
      case "streams" -> streams(exchange, path.subList(2, path.size()), query);
      default -> throw DomoError.of(404, "No such path: " + exchange.getRequestURI().getPath());
    };
  }

  private DomoAnswer dataSets(HttpExchange exchange, List<String> path, Map<String, String> query)
      throws IOException, DomoError {
    if (path.size() == 3 && path.get(0).equals("query") && path.get(1).equals("execute")) {
      allow(exchange, "POST", Endpoint.QUERY, path.get(2));
      return query(exchange, catalog.visible(path.get(2)));
    } else if (path.isEmpty()) {
      allow(exchange, "GET", Endpoint.LIST, null);
      return DomoAnswer.json(pages.dataSets(query));
    } else if (path.size() == 1) {
      allow(exchange, "GET", Endpoint.METADATA, path.get(0));
      DataSet dataSet = catalog.get(path.get(0));
      long rows =
          domo.fault(Kind.ROWS_LAG, Endpoint.METADATA, dataSet.id())
              .map(DomoFault::amount)
              .orElse(dataSet.rows());
      return DomoAnswer.json(pages.dataSet(dataSet, rows));
    } else if (path.size() == 2 && path.get(1).equals("data")) {
      allow(exchange, "GET", Endpoint.EXPORT, path.get(0));
      DataSet dataSet = catalog.visible(path.get(0));
      return out -> exports.send(out, catalog, dataSet, query);
    } else {
      throw DomoError.of(404, "No such path: " + exchange.getRequestURI().getPath());
    }
  }

  private DomoAnswer streams(HttpExchange exchange, List<String> path, Map<String, String> query)
      throws IOException, DomoError {
    allow(exchange, "GET", Endpoint.STREAMS, null);
    if (path.isEmpty()) {
      return DomoAnswer.json(pages.streams(query));
    } else if (path.size() == 1 && path.get(0).equals("search")) {
      return DomoAnswer.json(pages.searchStreams(query));
    } else if (path.size() == 1) {
      return DomoAnswer.json(pages.stream(path.get(0)));
    } else if (path.size() == 2 && path.get(1).equals("executions")) {
      return DomoAnswer.json(pages.executions(path.get(0), query));
    } else if (path.size() == 3 && path.get(1).equals("executions")) {
      return DomoAnswer.json(pages.execution(path.get(0), path.get(2)));
    } else {
      throw DomoError.of(404, "No such path: " + exchange.getRequestURI().getPath());
    }
  }

  private void allow(HttpExchange exchange, String method, Endpoint endpoint, String dataSet)
      throws IOException, DomoError {
    refuseIfTold(exchange, endpoint, dataSet);
    try {
      tokens.check(exchange, "data");
    } catch (DomoError e) {
      boolean refusesCsv =
          endpoint == Endpoint.EXPORT && e.status() == 401 && domo.refusingCsvWith406();
      throw refusesCsv ? DomoError.notAcceptable() : e;
    }
    if (!exchange.getRequestMethod().equals(method)) {
      throw DomoError.of(405, "Request method '" + exchange.getRequestMethod() + "' not supported");
    }
  }

  private void refuseIfTold(HttpExchange exchange, Endpoint endpoint, String dataSet)
      throws IOException, DomoError {
    refuseIfTold(exchange, endpoint, dataSet, null);
  }

  private void refuseIfTold(HttpExchange exchange, Endpoint endpoint, String dataSet, String sql)
      throws IOException, DomoError {
    if (endpoint != Endpoint.EXPORT && domo.fault(Kind.STALL, endpoint, dataSet, sql).isPresent()) {
      domo.holdUntilHealed();
    }
    DomoFault fault = domo.fault(Kind.REFUSE, endpoint, dataSet, sql).orElse(null);
    if (fault == null) {
      return;
    }
    if (fault.retryAfterSeconds() > 0) {
      exchange.getResponseHeaders().set("Retry-After", String.valueOf(fault.retryAfterSeconds()));
    }
    if (fault.status() == 406) {
      throw DomoError.notAcceptable();
    }
    if (fault.status() == 401) {
      throw endpoint == Endpoint.TOKEN
          ? DomoError.invalidClient()
          : DomoError.invalidToken("Invalid access token");
    }
    throw DomoError.of(fault.status(), fault.message());
  }

  private DomoAnswer query(HttpExchange exchange, DataSet dataSet) throws IOException, DomoError {
    JsonNode body;
    try {
      body = Reply.JSON.readTree(exchange.getRequestBody());
    } catch (JsonProcessingException e) {
      throw DomoError.of(400, "The body is no JSON: " + e.getOriginalMessage());
    }
    if (!body.path("sql").isTextual()) {
      throw DomoError.of(400, "The body must be JSON with the member sql");
    }
    String sql = body.get("sql").textValue();
    refuseIfTold(exchange, Endpoint.QUERY, dataSet.id(), sql);
    QueryRun run = new QueryRun(Query.parse(sql), dataSet);
    DomoFault wrong =
        run.counts()
            ? domo.fault(Kind.WRONG_COUNT, Endpoint.QUERY, dataSet.id(), sql).orElse(null)
            : null;
    boolean cached = domo.fault(Kind.CACHED, Endpoint.QUERY, dataSet.id(), sql).isPresent();
    return out -> send(out, dataSet, run, wrong, cached);
  }

  /**
   * @param wrong says what to count instead; null to count
   */
  private static void send(
      HttpExchange exchange, DataSet dataSet, QueryRun run, DomoFault wrong, boolean cached)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
    exchange.sendResponseHeaders(200, 0);
    JsonGenerator json = Reply.JSON.getFactory().createGenerator(exchange.getResponseBody());
    json.writeStartObject();
    json.writeStringField("datasource", dataSet.id());
    json.writeArrayFieldStart("columns");
    for (Column column : run.columns()) {
      json.writeString(column.name());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("metadata");
    for (Column column : run.columns()) {
      json.writePOJO(
          Map.of(
              "type", column.type().name(),
              "dataSourceId", dataSet.id(),
              "maxLength", -1,
              "minLength", -1,
              "periodIndex", 0));
    }
    json.writeEndArray();
    json.writeFieldName("rows");
    long rows;
    if (wrong == null) {
      rows = run.writeRows(json);
    } else {
      json.writeStartArray();
      json.writeArray(new long[] {wrong.amount()}, 0, 1);
      json.writeEndArray();
      rows = 1;
    }
    json.writeNumberField("numRows", rows);
    json.writeNumberField("numColumns", run.columns().size());
    json.writeBooleanField("fromcache", cached);
    json.writeEndObject();
    json.close();
    exchange.close();
  }
}
