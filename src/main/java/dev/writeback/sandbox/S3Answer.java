package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a store answers, before it goes out.
 *
 * @param headers the end-to-end ones, without the length of the body
 * @param length of the body; of a HEAD's answer the length that it tells
 */
record S3Answer(int status, Map<String, String> headers, InputStream body, long length) {

  static S3Answer empty(int status, Map<String, String> headers) {
    return new S3Answer(status, headers, InputStream.nullInputStream(), 0);
  }

  static S3Answer xml(int status, Map<String, String> headers, String xml) {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/xml");
    return new S3Answer(status, all, new ByteArrayInputStream(bytes), bytes.length);
  }

  S3Answer withoutEncryption() {
    Map<String, String> kept = new LinkedHashMap<>(headers);
    kept.keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("x-amz-server-side-encryption"));
    return new S3Answer(status, kept, body, length);
  }

  void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
      exchange.sendResponseHeaders(status, -1);
    } else if (length == 0) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, length < 0 ? 0 : length);
      body.transferTo(exchange.getResponseBody());
    }
    body.close();
    exchange.close();
  }
}
