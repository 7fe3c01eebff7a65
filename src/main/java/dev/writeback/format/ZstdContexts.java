package dev.writeback.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The native memory of one stream's frames: as many contexts as are compressed at a time, however
 * many blocks wait. Thread-safe; to be closed when nothing is compressed any more.
 */
final class ZstdContexts implements AutoCloseable {

  private final Queue<ZstdCompressCtx> idle = new ConcurrentLinkedQueue<>();
  private final int level;

  ZstdContexts(int level) {
    this.level = level;
  }

  /**
   * Compresses the first bytes of an array to a frame.
   *
   * @param output has room for {@link Zstd#compressBound} of them
   * @return the frame's length
   */
  int compress(byte[] input, int length, byte[] output) {
    ZstdCompressCtx context = idle.poll();
    if (context == null) {
      context = new ZstdCompressCtx();
      context.setLevel(level).setChecksum(true).setContentSize(true);
    }
    try {
      return context.compressByteArray(output, 0, output.length, input, 0, length);
    } finally {
      idle.add(context);
    }
  }

  @Override
  public void close() {
    idle.forEach(ZstdCompressCtx::close);
    idle.clear();
  }
}
