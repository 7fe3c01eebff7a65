package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.spi.ClassResolver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables of a host that has no Flyway. */
class SchemaTest {

  private static final ClassResolver WITHOUT_FLYWAY =
      new DefaultClassResolver() {
        @Override
        public Class<?> resolveClass(String name) {
          return name.startsWith("org.flywaydb.") ? null : super.resolveClass(name);
        }
      };

  private DataSource database;

  @BeforeEach
  void empty() throws IOException {
    database = TestDatabase.H2.create();
  }

  @Test
  void tablesOfAnOlderVersionAreRefusedAtTheStart() throws Exception {
    assertThatThrownBy(this::prepare).hasMessageContaining("has not the ledger's tables");
    List<Path> files = files();
    Path newest = files.get(files.size() - 1);
    for (Path older : files.subList(0, files.size() - 1)) {
      run(older);
    }

    assertThatThrownBy(this::prepare)
        .as("what Schema asks for comes with %s, the newest file", newest)
        .hasMessageContaining("not as this version needs them")
        .hasMessageContaining("put org.flywaydb:flyway-core on the class path")
        .hasMessageContaining("or run the SQL files of the class path's " + Schema.FILES);
    assertThat(check().state()).isEqualTo(CheckResult.State.FAILED);
    assertThat(check().advice()).contains("run the SQL files");
    assertThat(LedgerCheck.of(database, new DefaultClassResolver()).state())
        .as("Flyway would begin with the first file")
        .isEqualTo(CheckResult.State.FAILED);

    run(newest);
    assertThatCode(this::prepare).doesNotThrowAnyException();
    assertThat(check().found()).isEqualTo("reachable, its tables are as this version needs them");
  }

  /** Flyway knows nothing of them. */
  @Test
  void tablesThatSomebodyHasMadeByHandAreRightForWhoeverHasFlyway() throws Exception {
    for (Path file : files()) {
      run(file);
    }

    assertThat(LedgerCheck.of(database, new DefaultClassResolver()).found())
        .isEqualTo("reachable, its tables are as this version needs them");
  }

  private CheckResult check() {
    return LedgerCheck.of(database, WITHOUT_FLYWAY);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources", Schema.FILES))) {
      return files.sorted(Comparator.comparing(SchemaTest::version)).toList();
    }
  }

  private static Integer version(Path file) {
    return Integer.valueOf(file.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"));
  }

  private void prepare() {
    Schema.prepare(database, Duration.ofSeconds(30), WITHOUT_FLYWAY);
  }

  private void run(Path file) throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(file));
    }
  }
}
