package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.domo.DomoAccount;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Secrets as docs/operations.md says that they may be given. */
class SecretsByReferenceTest {

  @TempDir Path folder;

  @BeforeEach
  void good() throws IOException {
    BadEdits.good(folder);
  }

  private void set(String line) throws IOException {
    Files.writeString(
        folder.resolve("application.properties"), "\n" + line + "\n", StandardOpenOption.APPEND);
  }

  private String secret() {
    AtomicReference<String> read = new AtomicReference<>();
    new Jobs(folder)
        .readBeans(
            context ->
                read.set(
                    context
                        .getRegistry()
                        .lookupByNameAndType("acme", DomoAccount.class)
                        .getDomoClientSecret()));
    return read.get();
  }

  private String validate(int exitCode) {
    StringWriter out = new StringWriter();
    CommandLine command = new CommandLine(new ValidateCommand(folder));
    assertThat(command.setOut(new PrintWriter(out, true)).execute()).isEqualTo(exitCode);
    return out.toString();
  }

  @Test
  void aFileHoldsIt() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "s3cret of a file\n");
    set("acme.domo-client-secret={{file:" + file + "}}");

    assertThat(secret()).isEqualTo("s3cret of a file");
    validate(0);
  }

  /** As systemd's LoadCredential gives it. */
  @Test
  void aFolderOfTheEnvironmentHoldsTheFile() throws IOException {
    Files.writeString(folder.resolve("secret"), "s3cret");
    set("credentials=" + folder);
    set("acme.domo-client-secret={{file:{{credentials}}/secret}}");

    assertThat(secret()).isEqualTo("s3cret");
  }

  @Test
  void aFileThatIsNotThereIsTold() throws IOException {
    set("acme.domo-client-secret={{file:/nowhere/secret}}");

    assertThat(validate(2))
        .contains(
            "routes/accounts.camel.yaml:10:",
            "domoClientSecret - no file that can be read - '/nowhere/secret' - the path of a text"
                + " that this program's user may read");
  }
}
