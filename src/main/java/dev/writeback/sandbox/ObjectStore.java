package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What stands behind the S3's door: requests that come here are authentic. Thread-safe. */
interface ObjectStore extends AutoCloseable {

  /**
   * Carries out one request.
   *
   * @param body the request's body, perhaps slowed; to be read from here, not from the exchange
   */
  S3Answer serve(S3Target target, HttpExchange exchange, InputStream body)
      throws IOException, AwsError;

  /** What is there, by key. */
  List<StoredObject> objects();

  /** The ids of the multipart uploads that were begun and neither completed nor aborted. */
  List<String> openUploads();

  /** The object's bytes; an {@link UnsupportedOperationException} where they are not kept. */
  byte[] bytes(String key);

  /** The object's bytes, to be closed by the caller; refused as {@link #bytes} is. */
  InputStream open(String key) throws IOException;

  /** Puts an object there without any request. */
  void put(String key, byte[] bytes);

  /** Removes all objects and all multipart uploads. */
  void empty();

  @Override
  void close();
}
