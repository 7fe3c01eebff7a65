package dev.writeback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionKeyTest {

  @TempDir Path folder;

  @Test
  void isItsValue() {
    EncryptionKey key = key("sésame", null);

    assertThat(key.problems()).isEmpty();
    assertThat(key.get()).isEqualTo("sésame".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isWhatItsFileHoldsAtTheMoment() throws Exception {
    Path file = Files.write(folder.resolve("key"), new byte[] {0, 1, (byte) 0xFF});
    EncryptionKey key = key(null, file.toString());

    assertThat(key.problems()).isEmpty();
    assertThat(key.get()).containsExactly(0, 1, 0xFF);

    Files.write(file, new byte[] {7});
    assertThat(key.get()).containsExactly(7);
  }

  @Test
  void anEmptyOptionIsNone() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "k");

    assertThat(key("", file.toString()).problems()).isEmpty();
    assertThat(key("k", "").problems()).isEmpty();
  }

  @Test
  void isGivenOnce() {
    assertThat(key("top-secret", "/etc/key").problems())
        .containsExactly(
            "value - the key is given twice, the file has it too - leave one of them out");
    assertThat(key(null, " ").problems())
        .containsExactly(
            "value - missing - the key, or in its place the option file that names its file");
  }

  @Test
  void aFileMustBeThereAndHoldAKey() throws Exception {
    Path absent = folder.resolve("absent");
    Path empty = Files.createFile(folder.resolve("empty"));
    Path large = Files.write(folder.resolve("large"), new byte[1024 * 1024 + 1]);

    assertThat(key(null, absent.toString()).problems())
        .containsExactly(
            "file - cannot be read: NoSuchFileException - '"
                + absent
                + "' - a file that is there and that this program's user may read");
    assertThat(key(null, empty.toString()).problems())
        .containsExactly("file - is empty - '" + empty + "' - a file that holds the key");
    assertThat(key(null, large.toString()).problems())
        .containsExactly(
            "file - too large for a key - '"
                + large
                + "' - a file of at most 1 MiB that holds nothing else");
    assertThatThrownBy(key(null, absent.toString())::get)
        .isInstanceOfSatisfying(
            RunException.class,
            refused -> {
              assertThat(refused.outcome()).isEqualTo(Outcome.CONFIGURATION);
              assertThat(refused.isRetryable()).isFalse();
            });
  }

  @Test
  void doesNotShowItself() {
    assertThat(key("top-secret", null)).hasToString("key ***");
    assertThat(key(null, null)).hasToString("key none");
    assertThat(key("", "/etc/key")).hasToString("key in the file /etc/key");
  }

  private static EncryptionKey key(String value, String file) {
    EncryptionKey key = new EncryptionKey();
    key.setValue(value);
    key.setFile(file);
    return key;
  }
}
