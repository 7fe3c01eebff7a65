package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;

/**
 * One block of a gzip member: the input, the end of the input before it as dictionary, and the
 * deflated bytes, which end on a byte boundary, so that blocks can be joined.
 */
final class GzipBlock extends Block {

  /** How much input one block takes. Part of the format: other sizes give other bytes. */
  static final int SIZE = 128 * 1024;

  private static final int DICTIONARY_SIZE = 32 * 1024;

  /** Input that cannot be compressed grows by far less than this. */
  private static final int MARGIN = 4096;

  private final Deflater deflater;
  private final ParallelGzip member;

  /** The dictionary, right-aligned, then the input. */
  private final byte[] input = new byte[DICTIONARY_SIZE + SIZE];

  private final byte[] output = new byte[SIZE + MARGIN];
  private int dictionaryLength;
  private int inputLength;
  private int outputLength;

  /**
   * @param level of the JDK's Deflater
   * @param member what the blocks are joined to
   */
  GzipBlock(int level, ParallelGzip member) {
    this.member = member;
    deflater = new Deflater(level, true);
  }

  @Override
  int size() {
    return SIZE;
  }

  @Override
  int fill(InputStream in) throws IOException {
    inputLength = in.readNBytes(input, DICTIONARY_SIZE, SIZE);
    GzipBlock previous = member.append(this, input, DICTIONARY_SIZE, inputLength);
    dictionaryLength = 0;
    if (previous != null) {
      // The block before is always a full one, and not this one: one is filled while it is
      // deflated.
      dictionaryLength = DICTIONARY_SIZE;
      System.arraycopy(previous.input, SIZE, input, 0, DICTIONARY_SIZE);
    }
    return inputLength;
  }

  @Override
  void deflate() {
    deflater.reset();
    deflater.setDictionary(input, DICTIONARY_SIZE - dictionaryLength, dictionaryLength);
    deflater.setInput(input, DICTIONARY_SIZE, inputLength);
    outputLength = deflater.deflate(output, 0, output.length, Deflater.SYNC_FLUSH);
    if (outputLength == output.length) {
      throw new IllegalStateException("A gzip block of " + inputLength + " bytes grew too much.");
    }
  }

  @Override
  void writeTo(OutputStream out) throws IOException {
    out.write(output, 0, outputLength);
  }

  @Override
  void free() {
    deflater.end();
  }
}
