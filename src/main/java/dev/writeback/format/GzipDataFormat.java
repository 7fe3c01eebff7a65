package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;

/**
 * Gzip, several blocks at a time. Equal input gives equal bytes on equal machines.
 *
 * <p>{@code balanced} and {@code small} are one member by the JDK's Deflater at level 6 and 9; each
 * exchange holds at most {@code parallelism + 3} blocks of about 600 KB. {@code fast} is a member
 * for each MiB by Intel's ISA-L, {@code com.intel.gkl:gkl}, with at most 3 blocks of 2.6 MB; where
 * that is not on the class path or does not work, it is one member by the JDK at level 1.
 */
@Dataformat("gzip")
@Configurer
@Metadata(firstVersion = "0.1.0", title = "Gzip", label = "dataformat,transformation,file")
public class GzipDataFormat extends ParallelDataFormat {

  /** About 300 MB/s of CSV: more than one DataSet comes in with. */
  private static final int MOST_USEFUL_PARALLELISM = 8;

  /** ISA-L is ten times as quick. */
  private static final int MOST_USEFUL_OF_ISA_L = 2;

  /** The one that is filled: they are large. */
  private static final int AHEAD_OF_ISA_L = 1;

  public GzipDataFormat() {
    super(MOST_USEFUL_PARALLELISM);
  }

  @Override
  public String getDataFormatName() {
    return "gzip";
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (getLevel() == CompressionLevel.FAST) {
      IsaL.isProven();
    }
  }

  @Override
  void compress(InputStream in, OutputStream out) throws IOException {
    switch (getLevel()) {
      case FAST -> {
        if (IsaL.isProven()) {
          compressByIsaL(in, out);
        } else {
          compressByJdk(1, in, out);
        }
      }
      case BALANCED -> compressByJdk(6, in, out);
      case SMALL -> compressByJdk(9, in, out);
    }
  }

  private void compressByJdk(int level, InputStream in, OutputStream out) throws IOException {
    new ParallelGzip(threads(), level, getParallelism()).compress(in, out);
  }

  private void compressByIsaL(InputStream in, OutputStream out) throws IOException {
    int parallelism = Math.min(getParallelism(), MOST_USEFUL_OF_ISA_L);
    if (new ParallelBlocks(threads(), parallelism, AHEAD_OF_ISA_L, IsaLBlock::new).compress(in, out)
        == 0) {
      out.write(IsaLBlock.EMPTY);
    }
  }
}
