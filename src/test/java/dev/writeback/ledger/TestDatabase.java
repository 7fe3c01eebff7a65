package dev.writeback.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases that the ledger is for, each one new. */
public enum TestDatabase {
  H2 {
    @Override
    public DataSource create() throws IOException {
      JdbcDataSource h2 = new JdbcDataSource();
      Path folder = Files.createTempDirectory("ledger");
      h2.setURL("jdbc:h2:file:" + folder.resolve("ledger"));
      h2.setUser("sa");
      return h2;
    }
  },
  POSTGRESQL {
    @Override
    public DataSource create() throws IOException {
      String name = "l" + UUID.randomUUID().toString().replace("-", "");
      try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create database " + name);
      } catch (SQLException e) {
        throw new IOException(e);
      }
      PGSimpleDataSource database = new PGSimpleDataSource();
      database.setURL(Server.RUNNING.getJdbcUrl("postgres", name));
      return database;
    }
  };

  /** A database with nothing in it. */
  public abstract DataSource create() throws IOException;

  /** Lets new connections to it only read, as a standby does. For PostgreSQL. */
  public static void makeReadOnly(DataSource database) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "alter database " + connection.getCatalog() + " set default_transaction_read_only = on");
    }
  }

  /** Started by who needs it first; ends with the tests. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
