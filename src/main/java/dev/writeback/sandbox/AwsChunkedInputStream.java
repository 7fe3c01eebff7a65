package dev.writeback.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Takes the frames off an aws-chunked body, as described in
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html. The chunks' own
 * signatures are not checked. For one thread.
 */
final class AwsChunkedInputStream extends InputStream {

  private static final int MAX_LINE = 4096;

  private final InputStream in;
  private final Map<String, String> trailers = new HashMap<>();
  private long left;
  private boolean first = true;
  private boolean ended;

  AwsChunkedInputStream(InputStream in) {
    this.in = in;
  }

  /** What came after the last chunk, by lower-case name; complete at the end of the stream. */
  Map<String, String> trailers() {
    return trailers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int read = in.read(bytes, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException("The body ends within a chunk");
    }
    left -= read;
    return read;
  }

  private void nextChunk() throws IOException {
    if (!first) {
      line();
    }
    first = false;
    String head = line();
    int semicolon = head.indexOf(';');
    try {
      left = Long.parseLong(semicolon < 0 ? head : head.substring(0, semicolon), 16);
    } catch (NumberFormatException e) {
      throw new IOException("Not the head of a chunk: " + head, e);
    }
    if (left == 0) {
      ended = true;
      for (String trailer = line(); !trailer.isEmpty(); trailer = line()) {
        int colon = trailer.indexOf(':');
        if (colon > 0) {
          trailers.put(
              trailer.substring(0, colon).trim().toLowerCase(Locale.ROOT),
              trailer.substring(colon + 1).trim());
        }
      }
    }
  }

  /** One line without its end; empty at the end of the body too. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() == MAX_LINE) {
        throw new IOException("A line of the aws-chunked body is longer than " + MAX_LINE);
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }
}
