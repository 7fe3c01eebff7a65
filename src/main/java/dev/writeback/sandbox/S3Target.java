package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.Map;

/**
 * What a request to S3 is about, in path style.
 *
 * @param key empty where the request is about a bucket
 * @param uploadId null where it is about no multipart upload
 * @param partNumber 0 where it is about no part
 */
record S3Target(S3Operation operation, String bucket, String key, String uploadId, int partNumber) {

  static S3Target of(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    String path = uri.getPath().substring(1);
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    String key = slash < 0 ? "" : path.substring(slash + 1);
    Map<String, String> query = RequestUri.query(uri);
    String method = exchange.getRequestMethod();
    boolean copies = exchange.getRequestHeaders().containsKey("x-amz-copy-source");
    S3Operation operation =
        key.isEmpty()
            ? S3Operation.ofBucket(method, query)
            : S3Operation.ofObject(method, query, copies);
    return new S3Target(
        operation, bucket, key, query.get("uploadId"), number(query.get("partNumber")));
  }

  private static int number(String text) {
    return text != null && text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }
}
