package dev.writeback.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Takes UTF-8 and writes another charset; what it takes, it has judged when {@link #write} returns,
 * but for a character that is not yet whole. What is not UTF-8, and what the charset does not have,
 * is an error. For one thread.
 */
final class CharsetOutputStream extends OutputStream {

  private static final int BUFFER_SIZE = 16 * 1024;
  private static final int LONGEST_CHARACTER = 4;

  private final OutputStream out;
  private final Supplier<Place> place;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharsetEncoder encoder;
  private final CharBuffer characters = CharBuffer.allocate(BUFFER_SIZE);
  private final ByteBuffer encoded = ByteBuffer.allocate(BUFFER_SIZE);
  private final ByteBuffer broken = ByteBuffer.allocate(LONGEST_CHARACTER);

  /**
   * @param place where the text has come to, for messages
   */
  CharsetOutputStream(OutputStream out, Charset charset, Supplier<Place> place) {
    this.out = out;
    this.place = place;
    this.encoder = charset.newEncoder();
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
    while (broken.position() > 0 && in.hasRemaining()) {
      // The rest of a character that was cut, byte by byte.
      broken.put(in.get()).flip();
      decode(broken, false);
      broken.compact();
    }
    decode(in, false);
    broken.put(in);
  }

  /** The text is at its end. Does not close what it writes to. */
  @Override
  public void close() throws IOException {
    broken.flip();
    decode(broken, true);
    characters.flip();
    CoderResult result;
    do {
      result = encoder.encode(characters, encoded, true);
      check(result);
      drain();
    } while (result.isOverflow());
    encoder.flush(encoded);
    drain();
  }

  private void decode(ByteBuffer in, boolean last) throws IOException {
    CoderResult result;
    do {
      result = decoder.decode(in, characters, last);
      if (result.isError()) {
        throw UnreadableTextException.inCharset(place.get(), encoder.charset().name());
      }
      encode();
    } while (result.isOverflow());
  }

  private void encode() throws IOException {
    characters.flip();
    CoderResult result;
    do {
      result = encoder.encode(characters, encoded, false);
      check(result);
      drain();
    } while (result.isOverflow());
    characters.compact();
  }

  private void check(CoderResult result) {
    if (result.isError()) {
      throw UnwritableValueException.character(
          place.get(), Character.codePointAt(characters, 0), encoder.charset().name());
    }
  }

  private void drain() throws IOException {
    out.write(encoded.array(), 0, encoded.position());
    encoded.clear();
  }
}
