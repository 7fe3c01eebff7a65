package dev.writeback.format;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A Zstandard frame of its own, which states its length and ends in a checksum. */
final class ZstdBlock extends Block {

  /** How much input one frame takes. Part of the format: other sizes give other bytes. */
  static final int SIZE = 1024 * 1024;

  private final ZstdContexts contexts;
  private final byte[] input = new byte[SIZE];
  private final byte[] output = new byte[(int) Zstd.compressBound(SIZE)];
  private int inputLength;
  private int outputLength;

  ZstdBlock(ZstdContexts contexts) {
    this.contexts = contexts;
  }

  @Override
  int size() {
    return SIZE;
  }

  @Override
  int fill(InputStream in) throws IOException {
    inputLength = in.readNBytes(input, 0, SIZE);
    return inputLength;
  }

  @Override
  void deflate() {
    outputLength = contexts.compress(input, inputLength, output);
  }

  @Override
  void writeTo(OutputStream out) throws IOException {
    out.write(output, 0, outputLength);
  }

  @Override
  void free() {
    // Native memory is the contexts' alone, which whoever made them closes.
  }
}
