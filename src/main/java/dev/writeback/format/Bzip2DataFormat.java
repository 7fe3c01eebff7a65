package dev.writeback.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/**
 * Bzip2, one stream on the one thread, by Apache Commons Compress. Equal input gives equal bytes.
 * An exchange takes about 8 MB with blocks of 900 KB, which is {@code small}.
 */
@Dataformat("bzip2")
@Configurer
@Metadata(firstVersion = "0.1.0", title = "Bzip2", label = "dataformat,transformation,file")
public class Bzip2DataFormat extends CompressingDataFormat {

  private static final int BUFFER_SIZE = 64 * 1024;

  @Override
  public String getDataFormatName() {
    return "bzip2";
  }

  @Override
  void compress(InputStream in, OutputStream out) throws IOException {
    int blockSize =
        switch (getLevel()) {
          case FAST -> 1;
          case BALANCED -> 5;
          case SMALL -> 9;
        };
    // Not closed after a failure: that would write an end. (It holds nothing but heap.)
    OutputStream buffered = new BufferedOutputStream(out, BUFFER_SIZE);
    @SuppressWarnings("resource")
    BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(buffered, blockSize);
    byte[] buffer = new byte[BUFFER_SIZE];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bzip2.write(buffer, 0, read);
    }
    bzip2.finish();
    buffered.flush();
  }
}
