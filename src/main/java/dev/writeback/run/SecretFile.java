package dev.writeback.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.camel.spi.PropertiesFunction;

/**
 * What stands in a file, as {@code {{file:/run/secrets/domo-client-secret}}} names it: without the
 * line end that an editor has left at its end. Thread-safe; the file is read each time.
 */
@org.apache.camel.spi.annotations.PropertiesFunction(SecretFile.NAME)
public final class SecretFile implements PropertiesFunction {

  static final String NAME = "file";

  /** The file is not there, or this program's user may not read it. */
  public static final class UnreadableException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnreadableException(String path, Exception cause) {
      super(
          "no file that can be read - '"
              + path
              + "' - the path of a text that this program's user may read",
          cause);
    }
  }

  @Override
  public String getName() {
    return NAME;
  }

  /**
   * @param path of the file
   * @throws UnreadableException if it cannot be read as UTF-8
   */
  @Override
  public String apply(String path) {
    try {
      return Files.readString(Path.of(path)).replaceFirst("\\R\\z", "");
    } catch (IOException | InvalidPathException e) {
      throw new UnreadableException(path, e);
    }
  }
}
