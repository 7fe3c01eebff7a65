package dev.writeback.blackbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A disk of a few megabytes that can be filled to its last byte. Only root can make one. */
final class SmallDisk implements AutoCloseable {

  private static final String SIZE = "4m";

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /**
   * @throws IOException where this machine does not let it be made
   */
  static SmallDisk at(Path path) throws IOException, InterruptedException {
    Files.createDirectories(path);
    if (!command("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", path.toString())) {
      throw new IOException("no file system can be mounted here");
    }
    return new SmallDisk(path);
  }

  /** What this machine would need, so that one can be made. */
  static Optional<String> missing() throws IOException, InterruptedException {
    Path tried = Files.createTempDirectory("disk");
    try {
      at(tried).close();
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of("only root can make a small disk");
    } finally {
      Files.delete(tried);
    }
  }

  private static boolean command(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
  }

  Path path() {
    return path;
  }

  /** The file of an H2 that needs new room for each line, and does not write over old ones. */
  String ledger() {
    return path.resolve("ledger") + ";RETENTION_TIME=86400000";
  }

  private Path filler() {
    return path.resolve("filler");
  }

  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      byte[] block = new byte[512];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      return;
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  @Override
  public void close() throws IOException {
    try {
      command("umount", "-l", path.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
