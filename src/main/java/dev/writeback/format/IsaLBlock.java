package dev.writeback.format;

import com.intel.gkl.compression.IntelDeflater;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A gzip member (RFC 1952) of its own, deflated by ISA-L.
 *
 * <p>Its deflater takes a whole block and nothing else. Input at an offset gives wrong bytes
 * without an error, input without {@code finish()} a corrupt stream, and an output that does not
 * hold all of it a failure.
 */
final class IsaLBlock extends Block {

  /** How much input one member takes. */
  static final int SIZE = 1024 * 1024;

  /** Of the deflater; it knows no smaller one for raw blocks that still compresses. */
  private static final int LEVEL = 1;

  /** No name, no time; deflated for speed; of no stated system. */
  private static final byte[] HEADER = {
    0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, 4, (byte) 0xFF
  };

  /** The member of no input at all, which the deflater refuses. */
  static final byte[] EMPTY = Arrays.copyOf(HEADER, HEADER.length + 10);

  static {
    EMPTY[HEADER.length] = 3;
  }

  private final IntelDeflater deflater = new IntelDeflater(LEVEL, true);
  private final byte[] block = new byte[SIZE];
  private final byte[] output = new byte[SIZE + SIZE / 2];
  private byte[] input = block;
  private int outputLength;
  private byte[] trailer;

  @Override
  int size() {
    return SIZE;
  }

  @Override
  int fill(InputStream in) throws IOException {
    int length = in.readNBytes(block, 0, SIZE);
    input = length == SIZE ? block : Arrays.copyOf(block, length);
    return length;
  }

  @Override
  void deflate() {
    CRC32 checksum = new CRC32();
    checksum.update(input);
    trailer = ParallelGzip.trailer(checksum, input.length);
    deflater.reset();
    deflater.setInput(input, 0, input.length);
    deflater.finish();
    outputLength = deflater.deflate(output, 0, output.length);
    if (!deflater.finished()) {
      throw new IllegalStateException("ISA-L did not end a block of " + input.length + " bytes.");
    }
  }

  @Override
  void writeTo(OutputStream out) throws IOException {
    out.write(HEADER);
    out.write(output, 0, outputLength);
    out.write(trailer);
  }

  @Override
  void free() {
    deflater.end();
  }
}
