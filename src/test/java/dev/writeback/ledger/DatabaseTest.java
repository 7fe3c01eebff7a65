package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that does not answer. */
@Timeout(60)
class DatabaseTest {

  private static final String SELECT = "select 1";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static PGSimpleDataSource postgresql() throws Exception {
    return (PGSimpleDataSource) TestDatabase.POSTGRESQL.create();
  }

  private static List<Integer> select(Database database, String sql) {
    return database.query(row -> row.getInt(1), sql);
  }

  @Test
  void aStatementThatTakesTooLongIsGivenUp() throws Exception {
    Database database = new Database(postgresql(), SECOND);

    RunException failure =
        catchThrowableOfType(
            RunException.class, () -> select(database, "select 1 from pg_sleep(300)"));

    assertThat(failure.outcome()).isEqualTo(Outcome.UNEXPECTED);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure)
        .hasMessageStartingWith("The ledger's database has not answered within 1 s: ");
    assertThat(select(database, SELECT)).containsExactly(1);
  }

  @Test
  void soIsOneOfADatabaseThatCannotBeReachedAnyMore() throws Exception {
    PGSimpleDataSource source = postgresql();
    try (SilentNetwork network = new SilentNetwork(source.getPortNumbers()[0])) {
      source.setPortNumbers(new int[] {network.port()});
      try (Connection open = source.getConnection()) {
        Database database = new Database(OneConnection.of(open), SECOND);
        assertThat(select(database, SELECT)).containsExactly(1);

        network.fallSilent();

        assertThatThrownBy(() -> select(database, SELECT))
            .hasMessageStartingWith("The ledger's database has not answered within 1 s: ");
      }
    }
  }

  @Test
  void whereTheProgramStopsTheNextStatementIsNotTriedAfterThat() throws Exception {
    Database database = new Database(postgresql(), SECOND);
    database.hurry();

    assertThatThrownBy(() -> select(database, "select 1 from pg_sleep(300)"))
        .hasMessageContaining("has not answered");
    assertThatThrownBy(() -> select(database, SELECT))
        .hasMessage("The ledger's database is not waited for any longer, since the program stops");
  }

  @Test
  void aConnectionIsGivenBackAsItWas() throws Exception {
    try (Connection open = postgresql().getConnection()) {
      open.setAutoCommit(false);
      open.setNetworkTimeout(Runnable::run, 12_345);

      select(new Database(OneConnection.of(open), SECOND), SELECT);

      assertThat(open.getAutoCommit()).isFalse();
      assertThat(open.getNetworkTimeout()).isEqualTo(12_345);
    }
  }

  @Test
  void whatFailedFirstIsWhatIsTold() throws Exception {
    try (Connection open = postgresql().getConnection()) {
      Database database = new Database(OneConnection.of(open), SECOND);

      assertThatThrownBy(() -> select(database, "select pg_terminate_backend(pg_backend_pid())"))
          .hasMessageContaining("terminating connection due to administrator command");
    }
  }

  @Test
  void anEmbeddedDatabaseKnowsNoNetwork() throws SQLException {
    JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:", "sa", "");

    assertThat(select(new Database(pool, SECOND), SELECT)).containsExactly(1);

    pool.dispose();
  }
}
