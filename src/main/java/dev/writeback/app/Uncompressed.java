package dev.writeback.app;

import com.github.luben.zstd.ZstdInputStream;
import dev.writeback.run.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * Undoes the compression of an object, with other libraries' readers than what has made it: what a
 * compressor writes may differ from machine to machine, what it holds must not.
 */
final class Uncompressed {

  private Uncompressed() {}

  /** Of an archive its one entry. */
  static byte[] of(byte[] object, Compression compression) throws IOException {
    InputStream in = new ByteArrayInputStream(object);
    try (InputStream plain =
        switch (compression) {
          case NONE -> in;
          case GZIP -> new GZIPInputStream(in);
          case ZIP -> entry(new ZipInputStream(in));
          case ZSTD -> new ZstdInputStream(in);
          case BZIP2 -> new BZip2CompressorInputStream(in, true);
        }) {
      return plain.readAllBytes();
    }
  }

  private static InputStream entry(ZipInputStream archive) throws IOException {
    archive.getNextEntry();
    return archive;
  }
}
