package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said for a database without room, and that nothing is where something else is wrong. */
class FullDiskTest {

  private static final String H2 = "90028";

  @TempDir Path folder;

  private SQLException refused(IOException said) {
    return new SQLException("IO Exception: \"" + folder.resolve("ledger.mv.db") + "\"", H2, said);
  }

  @Test
  void namesTheFolderOfTheUrl() {
    SQLException thrown = new SQLException("General error", "HY000", full());

    assertThat(FullDisk.advice(thrown, "jdbc:h2:file:" + folder.resolve("ledger") + ";A=B"))
        .hasValueSatisfying(this::namesTheFolder);
  }

  @Test
  void namesTheFolderThatH2Names() {
    assertThat(FullDisk.advice(refused(full()), null)).hasValueSatisfying(this::namesTheFolder);
  }

  private void namesTheFolder(String advice) {
    assertThat(advice)
        .matches("make room in \\Q" + folder.toAbsolutePath() + "\\E, where \\d+ KiB are free");
  }

  @Test
  void knowsNoFolderWhereNobodyNamesOne() {
    assertThat(FullDisk.advice(full(), null)).hasValue("make room on its disk");
  }

  @Test
  void leavesTheDiskOfAServerToIt() {
    SQLException thrown = new SQLException("could not extend file \"base/5/2613\"", "53100");

    assertThat(FullDisk.advice(thrown, "jdbc:postgresql://host/ledger"))
        .hasValue("make room on the disk of its server");
  }

  @Test
  void saysNothingOfAnythingElse() {
    assertThat(FullDisk.advice(refused(new AccessDeniedException("ledger.mv.db")), null)).isEmpty();
    assertThat(
            FullDisk.advice(new ConnectException("Connection refused"), "jdbc:postgresql://host/l"))
        .isEmpty();
    assertThat(FullDisk.advice(new SQLException("Wrong user name", "28000"), null)).isEmpty();
  }

  private static IOException full() {
    return new IOException("No space left on device");
  }
}
