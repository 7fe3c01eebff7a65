package dev.writeback.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The sandbox's switches and counters over HTTP, for when it runs as a process of its own. Served
 * on the Domo's and the S3's port, without any credentials, as the sandbox is on loopback only.
 * {@code GET /sandbox} lists them all.
 */
final class Control {

  private static final String PATH = "/sandbox";

  private final SandboxDomo domo;
  private final SandboxSts sts;
  private final SandboxS3 s3;
  private final List<Switch> switches = new ArrayList<>();

  Control(SandboxDomo domo, SandboxSts sts, SandboxS3 s3) {
    this.domo = domo;
    this.sts = sts;
    this.s3 = s3;
    add("GET", "", "this list", call -> list());
    addDomo();
    addSts();
    addS3();
    add("DELETE", "faults", "everything is well again, everywhere", call -> heal());
  }

  private void addDomo() {
    add("GET", "requests", "what Domo was asked", call -> domo.calls());
    add(
        "GET",
        "exports",
        "what Domo has sent",
        call -> domo.exports().stream().map(Control::describe).toList());
    add("GET", "exports/", "and a DataSet's id: the bytes of a whole export", this::sendExport);
    add(
        "POST",
        "faults",
        "something goes wrong at Domo: any of " + members(DomoFault.class),
        call -> {
          DomoFault fault = call.as(DomoFault.class);
          domo.inject(fault);
          return fault;
        });
    add("POST", "domo", "any of tokenLifeSeconds, revokeTokens", call -> setDomo(call.json()));
    add(
        "POST",
        "batches",
        "name, and rows: an array with the size of each batch; answers the dataSet that has them",
        call -> {
          JsonNode body = call.json();
          int[] sizes = Reply.JSON.treeToValue(body.path("rows"), int[].class);
          return Map.of("dataSet", domo.batches(body.path("name").asText("Batches"), sizes));
        });
    add(
        "POST",
        "append",
        "dataSet, and rows: the size of one batch more",
        call -> {
          JsonNode body = call.json();
          domo.append(body.path("dataSet").asText(), body.path("rows").asInt());
          return body;
        });
    add(
        "POST",
        "streams",
        "dataSet, and its updateMethod",
        call -> {
          JsonNode body = call.json();
          domo.setUpdateMethod(body.path("dataSet").asText(), body.path("updateMethod").asText());
          return body;
        });
  }

  private void addSts() {
    add("GET", "sts/calls", "what the STS was asked", call -> sts.calls());
    add(
        "POST",
        "sts",
        "any of keyLifeSeconds, down, delayMillis; or status with code, message and times",
        call -> setSts(call.json()));
  }

  private void addS3() {
    add("GET", "s3/requests", "what S3 was asked", call -> s3.calls());
    add("GET", "s3/uploads", "the multipart uploads that are open", call -> s3.openUploads());
    add(
        "POST",
        "s3/faults",
        "something goes wrong at S3: any of " + members(S3Fault.class),
        call -> {
          S3Fault fault = call.as(S3Fault.class);
          s3.inject(fault);
          return fault;
        });
    add("GET", "objects", "what is in the bucket", call -> s3.objects());
    add("GET", "objects/", "and a key: the object, with what is said of it", this::sendObject);
    add(
        "PUT",
        "objects/",
        "and a key: puts an object there, as if somebody else had",
        call -> {
          s3.put(call.rest(), call.exchange().getRequestBody().readAllBytes());
          return s3.object(call.rest()).orElseThrow();
        });
    add(
        "DELETE",
        "objects",
        "empties the bucket, and aborts what is being uploaded",
        call -> {
          s3.empty();
          return s3.objects();
        });
  }

  /** The members of a fault, with the words that they may be. */
  private static String members(Class<? extends Record> fault) {
    return Arrays.stream(fault.getRecordComponents())
        .map(
            member ->
                member.getType().isEnum()
                    ? member.getName() + " " + Arrays.toString(member.getType().getEnumConstants())
                    : member.getName())
        .collect(Collectors.joining(", "));
  }

  private void add(String method, String path, String says, Switch.Action action) {
    switches.add(new Switch(method, path, says, action));
  }

  static boolean isFor(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(PATH.length()).replaceFirst("/", "");
    try {
      for (Switch one : switches) {
        if (one.fits(exchange.getRequestMethod(), path)) {
          String rest = path.substring(one.path().length());
          Object answer = one.action().on(new Switch.Call(exchange, rest));
          if (answer != null) {
            Reply.json(exchange, 200, answer);
          }
          return;
        }
      }
      Reply.json(exchange, 404, Map.of("error", "No such switch or counter, see GET " + PATH));
    } catch (JsonProcessingException | IllegalArgumentException | UnsupportedOperationException e) {
      Reply.json(exchange, 400, Map.of("error", String.valueOf(e.getMessage())));
    }
  }

  private Map<String, String> list() {
    Map<String, String> list = new LinkedHashMap<>();
    switches.forEach(one -> list.put(one.name(), one.says()));
    return list;
  }

  private Map<String, Object> heal() {
    domo.heal();
    sts.heal();
    s3.heal();
    return Map.of("healed", true);
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
      sts.refuse(
          body.get("status").asInt(),
          body.path("code").asText("InternalFailure"),
          body.path("message").asText("Refused by the sandbox, as it was told to."),
          body.path("times").asInt());
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

  private Object sendExport(Switch.Call call) throws IOException {
    domo.rows(call.rest());
    call.exchange().sendResponseHeaders(200, 0);
    try (OutputStream out = call.exchange().getResponseBody()) {
      domo.writeExport(call.rest(), out);
    }
    return null;
  }

  private Object sendObject(Switch.Call call) throws IOException {
    StoredObject object =
        s3.object(call.rest())
            .orElseThrow(() -> new IllegalArgumentException("No such object: " + call.rest()));
    Headers headers = call.exchange().getResponseHeaders();
    object.headers().forEach(headers::set);
    object.metadata().forEach((name, value) -> headers.set("x-amz-meta-" + name, value));
    try (InputStream in = s3.open(object.key())) {
      call.exchange().sendResponseHeaders(200, object.length() == 0 ? -1 : object.length());
      in.transferTo(call.exchange().getResponseBody());
      call.exchange().close();
    }
    return null;
  }

  private static Map<String, Object> describe(DomoExport export) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("dataSet", export.dataSet());
    description.put("started", export.started());
    description.put("bytesSent", export.bytesSent());
    description.put("checksum", export.checksum());
    description.put("state", export.state());
    return description;
  }
}
