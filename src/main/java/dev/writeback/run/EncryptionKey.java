package dev.writeback.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.spi.Metadata;

/**
 * A key that a job names as its {@code encryptionKey}: the key that S3 encrypts with for {@code
 * sse-c}, or the OpenPGP public keys of those who may read, for {@code pgp}. It is a named bean of
 * a YAML file:
 *
 * <pre>
 * - beans:
 *     - name: auditors
 *       type: dev.writeback.run.EncryptionKey
 *       properties:
 *         file: /etc/writeback/auditors.asc
 * </pre>
 *
 * <p>What a key must look like is for the method that uses it to say. Set once, then only read.
 */
@Metadata(label = "bean", description = "A key that objects are encrypted with.")
public class EncryptionKey implements Checked, Supplier<byte[]> {

  /** More than any key, or any number of public keys that somebody would write for. */
  private static final int LARGEST_FILE = 1024 * 1024;

  @Metadata(
      displayName = "Encryption Key",
      secret = true,
      description = "The key itself. Either this or the file; from the environment or a vault.")
  private String value;

  @Metadata(description = "The file that holds the key. It is read anew for each object.")
  private String file;

  public String getValue() {
    return value;
  }

  public void setValue(String value) {
    this.value = value;
  }

  public String getFile() {
    return file;
  }

  public void setFile(String file) {
    this.file = file;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (isGiven(value) && isGiven(file)) {
      problems.add("value - the key is given twice, the file has it too - leave one of them out");
    } else if (isGiven(file)) {
      try {
        get();
      } catch (RunException e) {
        problems.add(e.getMessage());
      }
    } else if (!isGiven(value)) {
      problems.add(
          "value - missing - the key, or in its place the option file that names its file");
    }
    return problems;
  }

  /**
   * The key as it is at this moment: the file's bytes, or the value's as UTF-8.
   *
   * @throws RunException {@link Outcome#CONFIGURATION} where the file cannot be read, is empty or
   *     too large to be a key
   */
  @Override
  public byte[] get() {
    return isGiven(file) ? read() : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] read() {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length == 0) {
        throw refused("is empty", "a file that holds the key");
      }
      if (bytes.length > LARGEST_FILE) {
        throw refused("too large for a key", "a file of at most 1 MiB that holds nothing else");
      }
      return bytes;
    } catch (IOException | InvalidPathException e) {
      throw refused(
          "cannot be read: " + e.getClass().getSimpleName(),
          "a file that is there and that this program's user may read");
    }
  }

  private RunException refused(String wrong, String right) {
    return new RunException(
        Outcome.CONFIGURATION, false, "file - " + wrong + " - '" + file + "' - " + right);
  }

  private static boolean isGiven(String option) {
    return option != null && !option.isBlank();
  }

  /** Where the key comes from, never the key. */
  @Override
  public String toString() {
    return isGiven(file) ? "key in the file " + file : isGiven(value) ? "key ***" : "key none";
  }
}
