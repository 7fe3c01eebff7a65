package dev.writeback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SandboxDomoTest {

  private static final String GENERATED = "00000000-0000-4000-8000-000000003000";

  private Sandbox sandbox;
  private SandboxDomo domo;
  private String token;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.builder().hashingSink(true).start();
    domo = sandbox.domo();
    token = Clients.token(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  static Stream<String> dataSets() {
    return Stream.of(
        SandboxDomo.AIRPORTS,
        SandboxDomo.WEATHER,
        SandboxDomo.ORDERS,
        SandboxDomo.ONE_COLUMN,
        GENERATED);
  }

  // The token.

  @Test
  void tokenTellsWhatDomoDocuments() throws Exception {
    HttpResponse<String> answer =
        Clients.send(
            Clients.tokenRequest(sandbox, "/oauth/token?grant_type=client_credentials&scope=data"));
    JsonNode body = Reply.JSON.readTree(answer.body());
    assertThat(body.fieldNames())
        .toIterable()
        .contains("access_token", "customer", "expires_in", "jti", "role", "scope", "userId");
    assertThat(body.get("token_type").textValue()).isEqualTo("bearer");
    assertThat(body.get("expires_in").intValue()).isEqualTo(3599);
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    String claims = body.get("access_token").textValue().split("\\.")[1];
    assertThat(Reply.JSON.readTree(Base64.getUrlDecoder().decode(claims)).get("exp").longValue())
        .isBetween(Instant.now().getEpochSecond() + 3580, Instant.now().getEpochSecond() + 3600);
  }

  @Test
  void tokenComesByPostWithARawSpaceInItsScope() throws Exception {
    HttpResponse<String> answer =
        Clients.send(
            Clients.tokenRequest(sandbox, "/oauth/token")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=user data")));
    assertThat(Reply.JSON.readTree(answer.body()).get("scope").textValue()).isEqualTo("user data");
    assertThat(domo.tokensIssued()).isEqualTo(2);
  }

  @Test
  void tokenIsRefusedInOAuthsShape() throws Exception {
    HttpResponse<String> answer =
        Clients.send(
            HttpRequest.newBuilder(
                sandbox.domoUrl().resolve("/oauth/token?grant_type=client_credentials")));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(Reply.JSON.readTree(answer.body()).fieldNames())
        .toIterable()
        .containsExactly("error", "error_description");
    answer = Clients.send(Clients.tokenRequest(sandbox, "/oauth/token?grant_type=password"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("unsupported_grant_type");
  }

  @Test
  void expiredRevokedAndMissingTokensAreRefused() throws Exception {
    domo.setTokenLife(Duration.ZERO);
    String expired = Clients.token(sandbox);
    domo.setTokenLife(Duration.ofHours(1));
    assertThat(invalidToken(expired)).contains("Jwt expired at");
    assertThat(invalidToken("none")).contains("Invalid access token");
    assertThat(Clients.get(sandbox, token, "/v1/datasets").statusCode()).isEqualTo(200);
    domo.revokeTokens();
    assertThat(invalidToken(token)).contains("Invalid access token");
  }

  private String invalidToken(String bad) throws Exception {
    HttpResponse<String> answer = Clients.get(sandbox, bad, "/v1/datasets");
    assertThat(answer.statusCode()).isEqualTo(401);
    String challenge = answer.headers().firstValue("www-authenticate").orElseThrow();
    assertThat(challenge).startsWith("Bearer ").contains("error=\"invalid_token\"");
    return challenge;
  }

  @Test
  void csvCallWithoutAGoodTokenMayGetA406Page() throws Exception {
    domo.setRefusingCsvWith406(true);
    HttpResponse<String> answer = export("none", SandboxDomo.AIRPORTS, "");
    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
    assertThat(answer.body()).contains("Error 406 Not Acceptable");
    assertThat(Clients.get(sandbox, "none", "/v1/datasets").statusCode()).isEqualTo(401);
  }

  // Lists and descriptions.

  @Test
  void listIsPagedByFiftyAndSearchable() throws Exception {
    for (int i = 0; i < 60; i++) {
      domo.generated("Many " + i, i);
    }
    assertThat(list("limit=500")).hasSize(50);
    assertThat(list("limit=50&offset=50")).hasSize(14);
    assertThat(list("offset=1000")).isEmpty();
    assertThat(list("nameLike=aIRp&sort=nameDescending")).hasSize(1);
    assertThat(list("nameLike=&limit=1").get(0).fieldNames())
        .toIterable()
        .contains("id", "name", "description", "rows", "columns", "createdAt", "updatedAt");
    assertThat(Clients.get(sandbox, token, "/v1/datasets?sort=size").statusCode()).isEqualTo(400);
  }

  private JsonNode list(String query) throws Exception {
    return json(Clients.get(sandbox, token, "/v1/datasets?" + query));
  }

  @Test
  void metadataTellsTheSchema() throws Exception {
    JsonNode page = json(Clients.get(sandbox, token, "/v1/datasets/" + SandboxDomo.ORDERS));
    assertThat(page.fieldNames())
        .toIterable()
        .contains("id", "name", "rows", "columns", "schema", "owner", "updatedAt", "pdpEnabled");
    assertThat(page.at("/schema/columns/3/name").textValue()).isEqualTo("amount");
    assertThat(page.at("/schema/columns/3/type").textValue()).isEqualTo("DECIMAL");
    assertThat(page.get("columns").intValue()).isEqualTo(page.at("/schema/columns").size());
    assertThat(page.get("rows").longValue()).isEqualTo(domo.rows(SandboxDomo.ORDERS));
  }

  @Test
  void protectedRowsAreCountedAndNotShown() throws Exception {
    long rows = domo.rows(SandboxDomo.ORDERS);
    String whole = export(token, SandboxDomo.ORDERS, "").body();
    domo.protectRows(SandboxDomo.ORDERS, 2);
    JsonNode page = json(Clients.get(sandbox, token, "/v1/datasets/" + SandboxDomo.ORDERS));
    assertThat(page.get("pdpEnabled").booleanValue()).isTrue();
    assertThat(page.get("rows").longValue()).isEqualTo(rows);
    assertThat(count(SandboxDomo.ORDERS)).isEqualTo(rows - 2);
    assertThat(whole)
        .startsWith(export(token, SandboxDomo.ORDERS, "").body())
        .isNotEqualTo(export(token, SandboxDomo.ORDERS, "").body());
  }

  @Test
  void aDeletedDataSetTellsThatItIs() throws Exception {
    domo.delete(SandboxDomo.ORDERS);
    JsonNode page = json(Clients.get(sandbox, token, "/v1/datasets/" + SandboxDomo.ORDERS));
    assertThat(page.get("deleted").booleanValue()).isTrue();
    assertThat(page.has("schema")).isFalse();
    assertThat(export(token, SandboxDomo.ORDERS, "").statusCode()).isEqualTo(404);
    assertThat(list("nameLike=Orders")).isEmpty();
  }

  @Test
  void dataSetsMayHaveOneNameAndTheirOwners() throws Exception {
    domo.rename(SandboxDomo.ORDERS, "Airports");
    domo.setOwner(SandboxDomo.ORDERS, 42, "Jane Doe");
    domo.setTokenUser(42);
    assertThat(list("nameLike=Airports"))
        .extracting(one -> one.at("/owner/id").longValue())
        .containsExactlyInAnyOrder(27L, 42L);
    HttpResponse<String> answer =
        Clients.send(Clients.tokenRequest(sandbox, "/oauth/token?grant_type=client_credentials"));
    assertThat(Reply.JSON.readTree(answer.body()).get("userId").longValue()).isEqualTo(42);
  }

  @Test
  void unknownDataSetIsRefusedInDomosShape() throws Exception {
    HttpResponse<String> answer = Clients.get(sandbox, token, "/v1/datasets/unknown");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Reply.JSON.readTree(answer.body()).fieldNames())
        .toIterable()
        .containsExactly("status", "statusReason", "message", "toe");
  }

  @Test
  void streamIsFoundByItsDataSet() throws Exception {
    JsonNode found =
        json(
            Clients.get(
                sandbox, token, "/v1/streams/search?q=dataSource.id:" + SandboxDomo.ORDERS));
    assertThat(found).hasSize(1);
    assertThat(found.at("/0/updateMethod").textValue()).isEqualTo("APPEND");
    String path = "/v1/streams/" + found.at("/0/id").intValue();
    assertThat(json(Clients.get(sandbox, token, path)).at("/dataSet/id").textValue())
        .isEqualTo(SandboxDomo.ORDERS);
    JsonNode executions = json(Clients.get(sandbox, token, path + "/executions?limit=10"));
    assertThat(executions.get(0).fieldNames())
        .toIterable()
        .containsExactly("id", "startedAt", "currentState", "createdAt", "modifiedAt");
    assertThat(json(Clients.get(sandbox, token, "/v1/streams/?limit=500"))).hasSize(3);
    String none = "/v1/streams/search?q=dataSource.id:" + SandboxDomo.ONE_COLUMN;
    assertThat(json(Clients.get(sandbox, token, none))).isEmpty();
  }

  // Exports.

  @ParameterizedTest
  @MethodSource("dataSets")
  void exportHasTheRowsThatTheCountTells(String id) throws Exception {
    HttpResponse<String> answer = export(token, id, "?includeHeader=True&fileName=foo.csv&x=y");
    assertThat(answer.headers().firstValue("content-disposition"))
        .hasValue("attachment; filename=foo.csv");
    assertThat(answer.headers().firstValue("content-length")).isEmpty();
    assertThat(answer.body()).isEqualTo(whole(id)).endsWith("\n");
    assertThat(records(answer.body())).isEqualTo(domo.rows(id) + 1).isEqualTo(count(id) + 1);
    assertThat(domo.exports())
        .singleElement()
        .satisfies(
            export -> {
              assertThat(export.dataSet()).isEqualTo(id);
              assertThat(export.bytesSent())
                  .isEqualTo(answer.body().getBytes(StandardCharsets.UTF_8).length);
              assertThat(export.state()).isEqualTo(DomoExport.State.ENDED);
            });
  }

  @ParameterizedTest
  @MethodSource("dataSets")
  void shapeOfTheExportDoesNotChangeItsValues(String id) throws Exception {
    String usual = whole(id);
    CSVFormat format = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();
    domo.setCsvShape(new CsvShape(CsvShape.Nulls.EMPTY, CsvShape.Quotes.ALL));
    String quoted = export(token, id, "?includeHeader=true").body();
    try (CSVParser one = CSVParser.parse(usual, format);
        CSVParser other = CSVParser.parse(quoted, format)) {
      assertThat(other.stream().map(row -> row.toList()).toList())
          .isEqualTo(one.stream().map(row -> row.toList()).toList());
    }
    assertThat(quoted.lines().skip(1).findFirst().orElseThrow()).startsWith("\"");
  }

  @Test
  void nullMayBeWrittenAsDomosOwnClientReadsIt() throws Exception {
    domo.setCsvShape(new CsvShape(CsvShape.Nulls.BACKSLASH_N, CsvShape.Quotes.WHERE_NEEDED));
    assertThat(export(token, SandboxDomo.ONE_COLUMN, "").body())
        .isEqualTo("one\n\\N\nthree\n\n\\N\n\"five, six\"\n");
  }

  @ParameterizedTest
  @CsvSource({
    "false, none, no",
    "true, none, yes",
    "false, disableFormulaInterpretation=true, yes",
    "true, disableFormulaInterpretation=false, no"
  })
  void formulasAreEscapedWhereTheRequestOrElseTheShapeSaysSo(
      boolean shape, String query, String escaped) throws Exception {
    domo.setCsvShape(new CsvShape(CsvShape.Nulls.EMPTY, CsvShape.Quotes.WHERE_NEEDED, shape));
    String formula = escaped.equals("yes") ? "'=SUM(A1:A9)" : "=SUM(A1:A9)";
    assertThat(export(token, SandboxDomo.ORDERS, "?" + query).body())
        .contains("7.10," + formula + ",", ",-3.50,");
  }

  @Test
  void headerIsAbsentUnlessAskedFor() throws Exception {
    String whole = whole(SandboxDomo.AIRPORTS);
    assertThat(export(token, SandboxDomo.AIRPORTS, "").body())
        .isEqualTo(whole.substring(whole.indexOf('\n') + 1));
  }

  @Test
  void exportIsCompressedOnlyWhenSwitchedOnAndAskedFor() throws Exception {
    assertThat(gzipExport().headers().firstValue("content-encoding")).isEmpty();
    domo.setCompressing(true);
    HttpResponse<byte[]> answer = gzipExport();
    assertThat(answer.headers().firstValue("content-encoding")).hasValue("gzip");
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(whole(SandboxDomo.ORDERS));
    }
    assertThat(export(token, SandboxDomo.ORDERS, "?includeHeader=true").body())
        .isEqualTo(whole(SandboxDomo.ORDERS));
  }

  private HttpResponse<byte[]> gzipExport() throws Exception {
    return Clients.sendForBytes(
        HttpRequest.newBuilder(
                sandbox
                    .domoUrl()
                    .resolve("/v1/datasets/" + SandboxDomo.ORDERS + "/data?includeHeader=true"))
            .header("Authorization", "Bearer " + token)
            .header("Accept-Encoding", "gzip"));
  }

  @Test
  void generatedDataSetHasAboutTheSizeThatWasAskedFor() throws Exception {
    String id = domo.generatedOfBytes("ten megabytes", 10_000_000);
    assertThat((long) whole(id).getBytes(StandardCharsets.UTF_8).length)
        .isBetween(9_700_000L, 10_300_000L);
  }

  // Queries.

  @Test
  void queryGivesTypedRowsAndAlignedArrays() throws Exception {
    JsonNode answer =
        query(
            SandboxDomo.ORDERS,
            "SELECT order_id, `customer name`, amount, _BATCH_ID_ FROM any"
                + " WHERE _BATCH_ID_ BETWEEN 2 AND 3 AND order_id <> 7 AND `customer name` IS NULL"
                + " ORDER BY order_id DESC LIMIT 5 OFFSET 0");
    assertThat(answer.get("rows").toString()).isEqualTo("[[6,null,null,2.0]]");
    assertThat(answer.get("columns").toString())
        .isEqualTo("[\"order_id\",\"customer name\",\"amount\",\"_BATCH_ID_\"]");
    assertThat(answer.get("metadata").findValuesAsText("type"))
        .containsExactly("LONG", "STRING", "DECIMAL", "DOUBLE");
    assertThat(answer.get("numRows").intValue()).isEqualTo(1);
    assertThat(answer.get("numColumns").intValue()).isEqualTo(4);
    assertThat(answer.get("fromcache").booleanValue()).isFalse();
    assertThat(answer.get("datasource").textValue()).isEqualTo(SandboxDomo.ORDERS);
  }

  @ParameterizedTest
  @MethodSource("dataSets")
  void queryOfAllGivesTheRowsOfTheExport(String id) throws Exception {
    assertThat(query(id, "select *\nfrom t").get("rows")).hasSize((int) domo.rows(id));
  }

  @Test
  void maximumAndCountsHonourTheCondition() throws Exception {
    assertThat(rows("SELECT MAX(_BATCH_ID_), MIN(order_id), COUNT(*), COUNT(note) FROM t"))
        .isEqualTo("[[3.0,1,12,11]]");
    assertThat(rows("SELECT COUNT(*) AS n FROM t WHERE order_date >= '2026-02-01'"))
        .isEqualTo("[[2]]");
    assertThat(rows("SELECT MAX(_BATCH_ID_) FROM t WHERE order_id > 100")).isEqualTo("[[null]]");
    assertThat(rows("SELECT order_id FROM t ORDER BY amount DESC, order_id LIMIT 2"))
        .isEqualTo("[[5],[2]]");
    assertThat(rows("SELECT order_id FROM t WHERE `customer name` = 'O''Brien'"))
        .isEqualTo("[[9]]");
  }

  @Test
  void sqlThatIsNotUnderstoodIsRefused() throws Exception {
    for (String sql :
        new String[] {
          "DELETE FROM t",
          "SELECT * FROM t GROUP BY a",
          "SELECT nothing FROM t",
          "SELECT * FROM t WHERE order_id = 'one'",
          "SELECT order_id, COUNT(*) FROM t",
          "SELECT * FROM t LIMIT many"
        }) {
      HttpResponse<String> answer = Clients.query(sandbox, token, SandboxDomo.ORDERS, sql);
      assertThat(answer.statusCode()).as(sql).isEqualTo(400);
      assertThat(Reply.JSON.readTree(answer.body()).get("message").textValue()).isNotEmpty();
    }
  }

  private String rows(String sql) throws Exception {
    return query(SandboxDomo.ORDERS, sql).get("rows").toString();
  }

  // Faults.

  @Test
  void cutExportBreaksTheConnectionOnce() throws Exception {
    domo.inject(DomoFault.cutAfter(50_000).times(1));
    assertThatIOException().isThrownBy(() -> export(token, SandboxDomo.AIRPORTS, ""));
    assertThat(domo.exports())
        .singleElement()
        .satisfies(
            export -> {
              assertThat(export.bytesSent()).isEqualTo(50_000);
              assertThat(export.state()).isEqualTo(DomoExport.State.BROKEN);
            });
    assertThat(export(token, SandboxDomo.AIRPORTS, "?includeHeader=true").body())
        .isEqualTo(whole(SandboxDomo.AIRPORTS));
  }

  @Test
  void exportCutAtItsVeryEndIsBrokenToo() throws Exception {
    long all = whole(SandboxDomo.ORDERS).getBytes(StandardCharsets.UTF_8).length;
    domo.inject(DomoFault.cutAfter(all));
    assertThatIOException()
        .isThrownBy(() -> export(token, SandboxDomo.ORDERS, "?includeHeader=true"));
  }

  @Test
  void shortExportsEndCleanly() throws Exception {
    domo.inject(DomoFault.endEarlyAfter(1000).onDataSet(SandboxDomo.AIRPORTS).times(1));
    domo.inject(DomoFault.missingRows(2).onDataSet(SandboxDomo.ORDERS));
    domo.inject(DomoFault.headerOnly().onDataSet(SandboxDomo.WEATHER));
    assertThat(export(token, SandboxDomo.AIRPORTS, "").body()).hasSize(1000);
    assertThat(records(export(token, SandboxDomo.ORDERS, "").body())).isEqualTo(10);
    assertThat(export(token, SandboxDomo.WEATHER, "?includeHeader=true").body())
        .isEqualTo("date,precipitation,temp_max,temp_min,wind,weather\n");
    assertThat(count(SandboxDomo.ORDERS)).isEqualTo(12);
  }

  @Test
  void stalledExportGoesOnWhenHealed() throws Exception {
    domo.inject(DomoFault.stall(DomoFault.Endpoint.EXPORT, 20_000));
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return export(token, SandboxDomo.AIRPORTS, "?includeHeader=true");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    Awaitility.await()
        .until(() -> domo.exports().stream().anyMatch(one -> one.bytesSent() == 20_000));
    assertThat(answer).isNotDone();
    assertThat(domo.exportsUnderWay()).isEqualTo(1);
    domo.heal();
    assertThat(answer.get().body()).isEqualTo(whole(SandboxDomo.AIRPORTS));
  }

  @Test
  void cancelledExportIsNotDrained() throws Exception {
    String id = domo.generatedOfBytes("large", 1_000_000_000);
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.domoUrl().resolve("/v1/datasets/" + id + "/data"))
            .header("Authorization", "Bearer " + token)
            .build();
    try (InputStream body = Clients.open(request)) {
      assertThat(body.readNBytes(100_000)).hasSize(100_000);
    }
    Awaitility.await().until(() -> domo.exportsUnderWay() == 0);
    assertThat(domo.exports().get(0).state()).isEqualTo(DomoExport.State.BROKEN);
    assertThat(domo.exports().get(0).bytesSent()).isBetween(100_000L, 100_000_000L);
  }

  @Test
  void refusalsComeInTheirShapes() throws Exception {
    domo.inject(DomoFault.rateLimit(DomoFault.Endpoint.EXPORT).retryAfter(7).times(1));
    HttpResponse<String> limited = export(token, SandboxDomo.ORDERS, "");
    assertThat(limited.statusCode()).isEqualTo(403);
    assertThat(limited.headers().firstValue("retry-after")).hasValue("7");
    assertThat(limited.body()).contains("API Rate limit reached.");

    domo.inject(DomoFault.metadataRefused());
    HttpResponse<String> metadata =
        Clients.get(sandbox, token, "/v1/datasets/" + SandboxDomo.ORDERS);
    assertThat(metadata.statusCode()).isEqualTo(400);
    assertThat(metadata.body()).contains("Infrastructure problem (403): Access is denied");

    domo.inject(DomoFault.refuse(DomoFault.Endpoint.TOKEN, 401));
    assertThat(
            Clients.send(
                    Clients.tokenRequest(sandbox, "/oauth/token?grant_type=client_credentials"))
                .body())
        .contains("invalid_client");
    assertThat(export(token, SandboxDomo.ORDERS, "").statusCode()).isEqualTo(200);
  }

  @Test
  void countMayBeWrongOrCachedAndMetadataMayLag() throws Exception {
    domo.inject(DomoFault.wrongCount(5).times(1));
    domo.inject(DomoFault.cachedCount().times(1));
    domo.inject(DomoFault.rowsLagAt(9));
    JsonNode wrong = query(SandboxDomo.ORDERS, "SELECT COUNT(*) FROM t");
    assertThat(wrong.get("rows").toString()).isEqualTo("[[5]]");
    assertThat(wrong.get("fromcache").booleanValue()).isTrue();
    assertThat(count(SandboxDomo.ORDERS)).isEqualTo(12);
    assertThat(
            json(Clients.get(sandbox, token, "/v1/datasets/" + SandboxDomo.ORDERS))
                .get("rows")
                .intValue())
        .isEqualTo(9);
  }

  @Test
  void dataSetMayBeUpdatedDuringItsExport() throws Exception {
    domo.inject(DomoFault.updatedDuringExport().times(1));
    String before = updated();
    export(token, SandboxDomo.ORDERS, "");
    String after = updated();
    assertThat(Instant.parse(after)).isAfter(Instant.parse(before));
    export(token, SandboxDomo.ORDERS, "");
    assertThat(updated()).isEqualTo(after);
  }

  private String updated() throws Exception {
    return json(Clients.get(sandbox, token, "/v1/datasets/" + SandboxDomo.ORDERS))
        .get("updatedAt")
        .textValue();
  }

  // What is recorded, and the switches over HTTP.

  @Test
  void requestsAreRecordedWithoutSecrets() throws Exception {
    export(token, SandboxDomo.ORDERS, "?includeHeader=true");
    assertThat(domo.calls("/v1/datasets/" + SandboxDomo.ORDERS + "/data"))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.method()).isEqualTo("GET");
              assertThat(call.query()).containsEntry("includeHeader", "true");
              assertThat(call.headers()).containsEntry("authorization", "***");
              assertThat(call.status()).isEqualTo(200);
            });
    assertThat(domo.calls().toString()).doesNotContain(token);
  }

  @Test
  void requestIsRecordedBeforeItsAnswerGoesOut() throws Exception {
    domo.inject(DomoFault.stall(DomoFault.Endpoint.EXPORT, 10));
    HttpRequest request =
        HttpRequest.newBuilder(
                sandbox.domoUrl().resolve("/v1/datasets/" + SandboxDomo.ORDERS + "/data"))
            .header("Authorization", "Bearer " + token)
            .build();
    try (InputStream body = Clients.open(request)) {
      assertThat(body.readNBytes(10)).hasSize(10);
      assertThat(domo.calls("/v1/datasets/")).extracting(DomoCall::status).containsExactly(200);
    }
  }

  @Test
  void anotherProcessSwitchesFaultsOverHttp() throws Exception {
    HttpResponse<String> injected =
        control("POST", "/sandbox/faults", "{\"kind\":\"MISSING_ROWS\",\"amount\":4}");
    assertThat(injected.statusCode()).isEqualTo(200);
    assertThat(records(export(token, SandboxDomo.ORDERS, "").body())).isEqualTo(8);
    control("DELETE", "/sandbox/faults", "");
    assertThat(records(export(token, SandboxDomo.ORDERS, "").body())).isEqualTo(12);
    JsonNode exports = json(control("GET", "/sandbox/exports", ""));
    assertThat(exports).hasSize(2);
    assertThat(exports.at("/1/state").textValue()).isEqualTo("ENDED");
    assertThat(json(control("GET", "/sandbox/requests", ""))).hasSize(3);
    assertThat(json(control("GET", "/sandbox/objects", ""))).isEmpty();
    assertThat(json(control("GET", "/sandbox/sts/calls", ""))).isEmpty();
    assertThat(control("POST", "/sandbox/faults", "{\"kind\":\"WHAT\"}").statusCode())
        .isEqualTo(400);
    assertThat(control("GET", "/sandbox/unknown", "").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> control(String method, String path, String body) throws Exception {
    return Clients.send(
        HttpRequest.newBuilder(sandbox.domoUrl().resolve(path))
            .method(method, BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> export(String with, String id, String query) throws Exception {
    return Clients.get(sandbox, with, "/v1/datasets/" + id + "/data" + query);
  }

  private String whole(String id) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    domo.writeExport(id, whole);
    return whole.toString(StandardCharsets.UTF_8);
  }

  private JsonNode query(String id, String sql) throws Exception {
    return json(Clients.query(sandbox, token, id, sql));
  }

  private long count(String id) throws Exception {
    return query(id, "SELECT COUNT(*) FROM t").at("/rows/0/0").longValue();
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Reply.JSON.readTree(answer.body());
  }

  private static long records(String csv) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();
    try (CSVParser parser = CSVParser.parse(csv, format)) {
      return parser.stream().count();
    }
  }
}
