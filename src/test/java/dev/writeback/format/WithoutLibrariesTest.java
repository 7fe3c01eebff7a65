package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.apache.camel.CamelContextAware;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** An embedder who has not added the optional libraries learns so at start, where it matters. */
class WithoutLibrariesTest {

  /** Loads the data formats anew, and does not find what is optional. */
  private static final class Embedder extends URLClassLoader {

    Embedder() throws Exception {
      super(
          new URL[] {Path.of("target/classes").toUri().toURL()},
          WithoutLibrariesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.intel.")
          || name.startsWith("com.github.luben.")
          || name.startsWith("org.bouncycastle.")) {
        throw new ClassNotFoundException(name);
      }
      if (name.startsWith("dev.writeback.format.")) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
      return super.loadClass(name, resolve);
    }
  }

  @Test
  void zstdSaysWhatToAdd() throws Exception {
    try (Embedder embedder = new Embedder()) {
      DataFormat zstd = dataFormat(embedder, "ZstdDataFormat");

      assertThatThrownBy(zstd::init)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "the library for it does not load - 'zstd' - add com.github.luben:zstd-jni to the"
                  + " class path, where it is missing (found: java.lang.NoClassDefFoundError: ");
    }
  }

  @Test
  void openpgpSaysWhatToAdd() throws Exception {
    try (Embedder embedder = new Embedder()) {
      DataFormat pgp = dataFormat(embedder, "PgpDataFormat");
      Supplier<byte[]> keys = () -> new byte[1];
      pgp.getClass().getMethod("setPublicKeys", Supplier.class).invoke(pgp, keys);

      assertThatThrownBy(pgp::init)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "the library for it does not load - 'openpgp' - add org.bouncycastle:bcpg-jdk18on");
    }
  }

  @Test
  void gzipFastIsTheJdks() throws Exception {
    byte[] text = Sources.text(300_000);
    try (Embedder embedder = new Embedder();
        DefaultCamelContext context = new DefaultCamelContext()) {
      DataFormat gzip = dataFormat(embedder, "GzipDataFormat");
      ((CamelContextAware) gzip).setCamelContext(context);
      Class<?> level = embedder.loadClass(CompressionLevel.class.getName());
      gzip.getClass()
          .getMethod("setLevel", level)
          .invoke(gzip, level.getMethod("valueOf", String.class).invoke(null, "FAST"));
      gzip.start();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      gzip.marshal(new DefaultExchange(context), new ByteArrayInputStream(text), out);
      gzip.stop();

      assertThat(new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes())
          .isEqualTo(text);
      assertThat(out.toByteArray()[8]).as("not what ISA-L's members begin with").isZero();
    }
  }

  private static DataFormat dataFormat(Embedder embedder, String name) throws Exception {
    return (DataFormat)
        embedder.loadClass("dev.writeback.format." + name).getDeclaredConstructor().newInstance();
  }
}
