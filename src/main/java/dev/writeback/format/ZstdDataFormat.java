package dev.writeback.format;

import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;

/**
 * Zstandard (RFC 8878), a frame with a checksum for each MiB, several at a time, by {@code
 * com.github.luben:zstd-jni}. Equal input gives equal bytes. Each exchange holds at most {@code
 * parallelism + 2} blocks of about 2 MB, and native memory that grows with the level.
 */
@Dataformat("zstd")
@Configurer
@Metadata(firstVersion = "0.1.0", title = "Zstandard", label = "dataformat,transformation,file")
public class ZstdDataFormat extends ParallelDataFormat {

  /** About 600 MB/s of CSV: more than one DataSet comes in with. */
  private static final int MOST_USEFUL_PARALLELISM = 4;

  /** One that is filled, and one that waits. */
  private static final int AHEAD = 2;

  public ZstdDataFormat() {
    super(MOST_USEFUL_PARALLELISM);
  }

  @Override
  public String getDataFormatName() {
    return "zstd";
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    Library.require("zstd", "com.github.luben:zstd-jni", () -> Native.load());
  }

  @Override
  void compress(InputStream in, OutputStream out) throws IOException {
    int level =
        switch (getLevel()) {
          case FAST -> 1;
          case BALANCED -> 3;
          case SMALL -> 12;
        };
    try (ZstdContexts contexts = new ZstdContexts(level)) {
      ParallelBlocks blocks =
          new ParallelBlocks(threads(), getParallelism(), AHEAD, () -> new ZstdBlock(contexts));
      if (blocks.compress(in, out) == 0) {
        writeEmptyFrame(out, contexts);
      }
    }
  }

  private static void writeEmptyFrame(OutputStream out, ZstdContexts contexts) throws IOException {
    ZstdBlock empty = new ZstdBlock(contexts);
    empty.fill(InputStream.nullInputStream());
    empty.compress().writeTo(out);
  }
}
