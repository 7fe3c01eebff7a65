package dev.writeback.format;

import com.intel.gkl.compression.IntelDeflater;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Intel's ISA-L, a native library, runs here and gives back what it was given. */
final class IsaL {

  private static final Logger LOG = LoggerFactory.getLogger(IsaL.class);

  private IsaL() {}

  /** Tried once, at the first call. */
  static boolean isProven() {
    return Proof.PROVEN;
  }

  private static final class Proof {

    private static final boolean PROVEN = isGiven();

    private static boolean isGiven() {
      String reason;
      try {
        if (!load()) {
          reason = "it does not load on this machine";
        } else if (!givesBack()) {
          reason = "it gave back other bytes";
        } else {
          LOG.info("gzip fast: by ISA-L");
          return true;
        }
      } catch (IOException | RuntimeException | LinkageError e) {
        reason = e.toString();
      }
      LOG.info("gzip fast: by the JDK, without ISA-L (com.intel.gkl:gkl): {}", reason);
      return false;
    }

    /**
     * The library is unpacked to a folder of its own, which is gone again once it is loaded: the
     * system keeps what is mapped.
     */
    private static boolean load() throws IOException {
      Path folder = Files.createTempDirectory("isa-l");
      IntelDeflater loader = new IntelDeflater();
      try {
        return loader.load(folder.toFile());
      } finally {
        loader.end();
        try (var files = Files.list(folder)) {
          for (Path file : (Iterable<Path>) files::iterator) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
    }

    private static boolean givesBack() throws IOException {
      byte[] noise = new byte[IsaLBlock.SIZE];
      new Random(1).nextBytes(noise);
      byte[] text = new byte[2 * IsaLBlock.SIZE + 4];
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) ("0123456789,\n".charAt(noise[i % noise.length] & 7) + i / 100_000);
      }
      return givesBack(text) && givesBack(noise);
    }

    private static boolean givesBack(byte[] bytes) throws IOException {
      ByteArrayOutputStream members = new ByteArrayOutputStream();
      IsaLBlock block = new IsaLBlock();
      InputStream in = new ByteArrayInputStream(bytes);
      while (block.fill(in) > 0) {
        block.compress().writeTo(members);
      }
      block.close();
      return Arrays.equals(
          new GZIPInputStream(new ByteArrayInputStream(members.toByteArray())).readAllBytes(),
          bytes);
    }
  }
}
