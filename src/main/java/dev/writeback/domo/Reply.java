package dev.writeback.domo;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.DecompressingEntity;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** One HTTP reply whose body has not been read yet. */
final class Reply implements CsvSource {

  private final HttpUriRequestBase request;
  private final ClassicHttpResponse response;

  Reply(HttpUriRequestBase request, ClassicHttpResponse response) {
    this.request = request;
    this.response = response;
  }

  int status() {
    return response.getCode();
  }

  String reason() {
    return response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  /** What the request was authorized with. */
  SentSecrets sentSecrets() {
    return SentSecrets.of(request);
  }

  /** Whether the content type is this one, whatever its parameters. */
  boolean isOfType(String contentType) {
    return header("Content-Type")
        .filter(value -> value.regionMatches(true, 0, contentType, 0, contentType.length()))
        .isPresent();
  }

  @Override
  public InputStream body() throws IOException {
    HttpEntity entity = response.getEntity();
    return entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  /** Whether the body says itself where it ends: by its length, its chunks or its compression. */
  @Override
  public boolean isFramed() {
    HttpEntity entity = response.getEntity();
    return entity == null
        || entity.isChunked()
        || entity.getContentLength() >= 0
        || entity instanceof DecompressingEntity;
  }

  /**
   * Gives up what has not been read. The response's own close would first read all the rest; where
   * the body has been read to its end, its connection is free already and stays so.
   */
  @Override
  public void close() {
    request.cancel();
  }
}
