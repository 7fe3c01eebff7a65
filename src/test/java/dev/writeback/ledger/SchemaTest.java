package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables of a host that has no Flyway. */
class SchemaTest {

  private DataSource database;

  @BeforeEach
  void empty() throws IOException {
    database = TestDatabase.H2.create();
  }

  @Test
  void tablesOfAnOlderVersionAreRefusedAtTheStart() throws Exception {
    assertThatThrownBy(this::prepare).hasMessageContaining("has not the ledger's tables");
    run("V1__runs_and_leases");
    run("V2__settings_and_rows_without_batch");

    assertThatThrownBy(this::prepare)
        .hasMessageContaining("not as this version needs them")
        .hasMessageContaining("put org.flywaydb:flyway-core on the class path")
        .hasMessageContaining("or run the SQL files of the class path's " + Schema.FILES);

    run("V3__runs_by_hand");
    assertThatCode(this::prepare).doesNotThrowAnyException();
  }

  private void prepare() {
    Schema.prepare(
        database,
        Duration.ofSeconds(30),
        new DefaultClassResolver() {
          @Override
          public Class<?> resolveClass(String name) {
            return name.startsWith("org.flywaydb.") ? null : super.resolveClass(name);
          }
        });
  }

  private void run(String file) throws Exception {
    try (InputStream sql =
            Schema.class.getClassLoader().getResourceAsStream(Schema.FILES + "/" + file + ".sql");
        Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
