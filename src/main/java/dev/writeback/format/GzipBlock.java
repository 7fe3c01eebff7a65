package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One block of a gzip member: the input, the end of the input before it as dictionary, and the
 * deflated bytes, which end on a byte boundary, so that blocks can be joined. Used again and again.
 */
final class GzipBlock {

  /** How much input one block takes. Part of the format: other sizes give other bytes. */
  static final int SIZE = 128 * 1024;

  private static final int DICTIONARY_SIZE = 32 * 1024;

  /** Input that cannot be compressed grows by far less than this. */
  private static final int MARGIN = 4096;

  private final Deflater deflater;

  /** The dictionary, right-aligned, then the input. */
  private final byte[] input = new byte[DICTIONARY_SIZE + SIZE];

  private final byte[] output = new byte[SIZE + MARGIN];
  private int dictionaryLength;
  private int inputLength;
  private int outputLength;
  private boolean closed;

  GzipBlock(int level) {
    deflater = new Deflater(level, true);
  }

  /**
   * Takes the next input, and the dictionary from the block before; waits until the block is full
   * or the input has ended.
   *
   * @param previous the block before, or null at the start
   * @return how many bytes were read
   */
  int fill(InputStream in, GzipBlock previous, CRC32 checksum) throws IOException {
    dictionaryLength = 0;
    if (previous != null) {
      // The block before is always a full one.
      dictionaryLength = DICTIONARY_SIZE;
      System.arraycopy(previous.input, SIZE, input, 0, DICTIONARY_SIZE);
    }
    inputLength = in.readNBytes(input, DICTIONARY_SIZE, SIZE);
    checksum.update(input, DICTIONARY_SIZE, inputLength);
    return inputLength;
  }

  /** Deflates the input. May run while another block is filled from this one's end. */
  synchronized GzipBlock deflate() {
    if (!closed) {
      deflater.reset();
      deflater.setDictionary(input, DICTIONARY_SIZE - dictionaryLength, dictionaryLength);
      deflater.setInput(input, DICTIONARY_SIZE, inputLength);
      outputLength = deflater.deflate(output, 0, output.length, Deflater.SYNC_FLUSH);
      if (outputLength == output.length) {
        throw new IllegalStateException("A gzip block of " + inputLength + " bytes grew too much.");
      }
    }
    return this;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(output, 0, outputLength);
  }

  /** Frees the deflater's memory; waits for a deflation under way. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      deflater.end();
    }
  }
}
