package dev.writeback.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the program runs that was started in this folder, in a file that only its owner can read.
 *
 * @param token what the program asks for
 */
record RunningFile(String url, String token) {

  static final Path PATH = Path.of("running.properties");

  private static final String URL = "url";
  private static final String TOKEN = "token";

  /** Replaces the file of a program that was killed. */
  static void write(String url, String token) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(URL, url);
    properties.setProperty(TOKEN, token);
    StringWriter text = new StringWriter();
    properties.store(text, "Where this folder's program runs, for its commands. Keep it secret.");
    // Whoever finds the file finds it whole, and never readable by others.
    Path file = Files.createTempFile(Path.of(""), PATH + ".", "", ofTheOwner());
    try {
      Files.writeString(file, text.toString());
      Files.move(file, PATH, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static FileAttribute<?>[] ofTheOwner() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Empty where there is none; a program that was killed leaves one behind. */
  static Optional<RunningFile> read() {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(PATH)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    String url = properties.getProperty(URL);
    String token = properties.getProperty(TOKEN);
    return url == null || token == null
        ? Optional.empty()
        : Optional.of(new RunningFile(url, token));
  }

  /** Deletes the file, if it is the one with this token. */
  static void delete(String token) {
    if (read().filter(file -> file.token.equals(token)).isPresent()) {
      try {
        Files.deleteIfExists(PATH);
      } catch (IOException e) {
        // It names a program that does not answer; the next start replaces it.
        return;
      }
    }
  }
}
