package dev.writeback.format;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.zipfile.ZipFileDataFormat;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;

/**
 * An archive of one entry, which is called as the header {@code CamelFileName} says. Camel's own
 * {@code zipFile} reads it, and wrote it too, but for three things: it knows no level; when the
 * body fails it writes the directory all the same, so that half an archive looks whole; and above 4
 * GiB what follows the entry is in a form that {@link java.util.zip.ZipInputStream} refuses.
 */
@Dataformat("zip")
@Configurer
@Metadata(firstVersion = "0.1.0", title = "Zip", label = "dataformat,transformation,file")
public class ZipDataFormat extends ZipFileDataFormat {

  private static final int BUFFER_SIZE = 64 * 1024;

  /** The earliest that an archive can state; none of a clock, for equal input gives equal bytes. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  @Metadata(
      defaultValue = "BALANCED",
      enums = "FAST,BALANCED,SMALL",
      description = "What counts more: that little work is done, or that the result is small")
  private CompressionLevel level = CompressionLevel.BALANCED;

  @Override
  public String getDataFormatName() {
    return "zip";
  }

  @Override
  public void marshal(Exchange exchange, Object body, OutputStream out) throws Exception {
    OneEntry archive = new OneEntry(out);
    try (InputStream in =
        exchange
            .getContext()
            .getTypeConverter()
            .mandatoryConvertTo(InputStream.class, exchange, body)) {
      archive.setLevel(
          switch (level) {
            case FAST -> Deflater.BEST_SPEED;
            case BALANCED -> Deflater.DEFAULT_COMPRESSION;
            case SMALL -> Deflater.BEST_COMPRESSION;
          });
      ZipEntry entry = new ZipEntry(name(exchange));
      entry.setTimeLocal(NO_TIME);
      archive.putNextEntry(entry);
      byte[] buffer = new byte[BUFFER_SIZE];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        archive.write(buffer, 0, read);
      }
      archive.finish();
    } finally {
      archive.free();
    }
  }

  /** A backslash would be a folder to who unpacks it with Windows. */
  private static String name(Exchange exchange) {
    String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
    return name == null
        ? exchange.getMessage().getMessageId()
        : Path.of(name).getFileName().toString().replace('\\', '_');
  }

  public CompressionLevel getLevel() {
    return level;
  }

  public void setLevel(CompressionLevel level) {
    this.level = level;
  }

  /** Is not closed, which after a failure would write the directory. */
  private static final class OneEntry extends ZipOutputStream {

    OneEntry(OutputStream out) {
      super(out);
    }

    void free() {
      def.end();
    }
  }
}
