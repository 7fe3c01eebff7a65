package dev.writeback.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sandbox's switches and counters over HTTP, for when it runs as a process of its own. Served
 * on the Domo's and the S3's port, without any credentials, as the sandbox is on loopback only.
 *
 * <ul>
 *   <li>{@code GET /sandbox/requests}, {@code /sandbox/exports}: what Domo was asked, what it sent
 *   <li>{@code GET /sandbox/s3/requests}, {@code /sandbox/s3/uploads}, {@code /sandbox/objects}:
 *       what S3 was asked, which multipart uploads are open, what is in the bucket
 *   <li>{@code GET /sandbox/sts/calls}
 *   <li>{@code POST /sandbox/faults}, {@code /sandbox/s3/faults}: the members of a {@link
 *       DomoFault} or {@link S3Fault}; those left out do not narrow it
 *   <li>{@code POST /sandbox/sts}: any of {@code keyLifeSeconds}, {@code down}, {@code
 *       delayMillis}, or {@code status} with {@code code} and {@code times}
 *   <li>{@code POST /sandbox/domo}: any of {@code tokenLifeSeconds}, {@code revokeTokens}
 *   <li>{@code POST /sandbox/batches}: {@code name} and {@code rows}, an array with the size of
 *       each batch; answers the {@code dataSet} that has them
 *   <li>{@code POST /sandbox/append}: {@code dataSet} and {@code rows}, the size of one batch more;
 *       {@code POST /sandbox/streams}: {@code dataSet} and its {@code updateMethod}
 *   <li>{@code DELETE /sandbox/faults}: everything is well again, everywhere
 * </ul>
 */
final class Control {

  private final SandboxDomo domo;
  private final SandboxSts sts;
  private final SandboxS3 s3;

  Control(SandboxDomo domo, SandboxSts sts, SandboxS3 s3) {
    this.domo = domo;
    this.sts = sts;
    this.s3 = s3;
  }

  static boolean isFor(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().startsWith("/sandbox/");
  }

  void handle(HttpExchange exchange) throws IOException {
    try {
      Object answer = answer(exchange);
      if (answer == null) {
        Reply.json(exchange, 404, Map.of("error", "No such switch or counter"));
      } else {
        Reply.json(exchange, 200, answer);
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      Reply.json(exchange, 400, Map.of("error", String.valueOf(e.getMessage())));
    }
  }

  private Object answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/sandbox/".length());
    return switch (exchange.getRequestMethod() + " " + path) {
      case "GET requests" -> domo.calls();
      case "GET exports" -> domo.exports().stream().map(Control::describe).toList();
      case "GET s3/requests" -> s3.calls();
      case "GET s3/uploads" -> s3.openUploads();
      case "GET objects" -> s3.objects();
      case "GET sts/calls" -> sts.calls();
      case "POST faults" -> {
        DomoFault fault = Reply.JSON.treeToValue(body(exchange), DomoFault.class);
        domo.inject(fault);
        yield fault;
      }
      case "POST s3/faults" -> {
        S3Fault fault = Reply.JSON.treeToValue(body(exchange), S3Fault.class);
        s3.inject(fault);
        yield fault;
      }
      case "POST sts" -> setSts(body(exchange));
      case "POST domo" -> setDomo(body(exchange));
      case "POST batches" -> {
        JsonNode body = body(exchange);
        int[] sizes = Reply.JSON.treeToValue(body.path("rows"), int[].class);
        yield Map.of("dataSet", domo.batches(body.path("name").asText("Batches"), sizes));
      }
      case "POST append" -> {
        JsonNode body = body(exchange);
        domo.append(body.path("dataSet").asText(), body.path("rows").asInt());
        yield body;
      }
      case "POST streams" -> {
        JsonNode body = body(exchange);
        domo.setUpdateMethod(body.path("dataSet").asText(), body.path("updateMethod").asText());
        yield body;
      }
      case "DELETE faults" -> {
        domo.heal();
        sts.heal();
        s3.heal();
        yield Map.of("healed", true);
      }
      default -> null;
    };
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    return Reply.JSON.readTree(exchange.getRequestBody());
  }

  private JsonNode setSts(JsonNode body) {
    if (body.has("keyLifeSeconds")) {
      sts.setKeyLife(Duration.ofSeconds(body.get("keyLifeSeconds").asLong()));
    }
    if (body.has("down")) {
      sts.setDown(body.get("down").asBoolean());
    }
    if (body.has("delayMillis")) {
      sts.setDelay(Duration.ofMillis(body.get("delayMillis").asLong()));
    }
    if (body.has("status")) {
      String code = body.path("code").asText("InternalFailure");
      sts.refuse(body.get("status").asInt(), code, body.path("times").asInt());
    }
    return body;
  }

  private JsonNode setDomo(JsonNode body) {
    if (body.has("tokenLifeSeconds")) {
      domo.setTokenLife(Duration.ofSeconds(body.get("tokenLifeSeconds").asLong()));
    }
    if (body.path("revokeTokens").asBoolean()) {
      domo.revokeTokens();
    }
    return body;
  }

  private static Map<String, Object> describe(DomoExport export) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("dataSet", export.dataSet());
    description.put("started", export.started());
    description.put("bytesSent", export.bytesSent());
    description.put("state", export.state());
    return description;
  }
}
