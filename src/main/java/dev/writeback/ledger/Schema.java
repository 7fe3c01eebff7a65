package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.spi.ClassResolver;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;

/**
 * The ledger's tables. Flyway makes them and brings them up to date where it is on the class path;
 * a host that has no Flyway, or wants it nowhere near its database, runs the SQL files itself.
 */
final class Schema {

  static final String FILES = "dev/writeback/ledger/schema";

  private static final String WITH_FLYWAY =
      "put org.flywaydb:flyway-core on the class path (for PostgreSQL also"
          + " flyway-database-postgresql)";

  /** H2 2, "Database not found" of a URL with IFEXISTS. */
  private static final int ABSENT = 90146;

  /** SQLSTATE of a table that is not there, in H2 (in an empty database, too) and PostgreSQL. */
  private static final Set<String> NO_TABLE = Set.of("42S02", "42S04", "42P01");

  /** H2 2, "Database may be already in use". */
  private static final int LOCKED = 90020;

  private static final Pattern FILE = Pattern.compile("\"([^\"]+)\"");

  /** Of what the newest of the SQL files has brought; to be changed with each new one. */
  private static final String NEWEST = "select by_hand from writeback_run where 1 = 0";

  private Schema() {}

  /**
   * @param limit how long a statement may take
   * @return a connection to keep while the ledger is used, or null: H2 closes its file with the
   *     last connection, and where many threads open and close it at once, rows were seen to get
   *     lost
   * @throws RunException if the database cannot be opened, or has not the tables
   */
  static Connection prepare(DataSource dataSource, Duration limit, ClassResolver classes) {
    String url;
    try (Connection reached = dataSource.getConnection()) {
      url = reached.getMetaData().getURL();
      if (reached.isReadOnly()) {
        throw wrong("is read-only - give it one that can be written to", null);
      }
    } catch (SQLException | RuntimeException e) {
      throw e instanceof RunException told ? told : wrong(unreachable(e), e);
    }
    Database database = new Database(dataSource, limit);
    boolean migrates = classes.resolveClass("org.flywaydb.core.Flyway") != null;
    try {
      if (!migrates) {
        database.query(row -> 1, NEWEST);
      } else if (!isNewest(database)) {
        Migration.run(dataSource, classes.getClass().getClassLoader());
      }
    } catch (RuntimeException e) {
      String advice =
          migrates
              ? "give its user the right to make tables, and to change those of an older version"
              : WITH_FLYWAY;
      throw wrong(
          "has not the ledger's tables, or not as this version needs them ("
              + Database.words(e)
              + ") - "
              + FullDisk.advice(e, url)
                  .orElse(advice + ", or run the SQL files of the class path's " + FILES),
          e);
    }
    return url.startsWith("jdbc:h2:") ? held(dataSource) : null;
  }

  /** Then Flyway, whose start takes as long as that of the ledger, has nothing to do. */
  static boolean isNewest(Database database) {
    try {
      database.query(row -> 1, NEWEST);
      return true;
    } catch (RunException e) {
      // Whatever it is, Flyway comes upon it too.
      return false;
    }
  }

  /**
   * Whether there is a database with the ledger's tables. Nothing is made, and nothing changed.
   *
   * @param limit how long the question may take
   * @throws RunException if it cannot be opened
   */
  static boolean isThere(DataSource dataSource, Duration limit) {
    try {
      new Database(dataSource, limit)
          .query(row -> 1, "select run_number from writeback_run where 1 = 0");
      return true;
    } catch (RunException e) {
      if (any(e, sql -> sql.getErrorCode() == ABSENT || NO_TABLE.contains(sql.getSQLState()))) {
        return false;
      }
      throw wrong(unreachable(e), e);
    }
  }

  /** Whether it could not be opened since another process has it open. */
  static boolean isInUse(Throwable thrown) {
    return any(thrown, sql -> sql.getErrorCode() == LOCKED);
  }

  private static boolean any(Throwable thrown, Predicate<SQLException> wanted) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && wanted.test(sql)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The version of the tables that are there, as Flyway knows it; empty without Flyway, or where it
   * has not made them.
   */
  static Optional<String> version(DataSource dataSource, ClassResolver classes) {
    return classes.resolveClass("org.flywaydb.core.Flyway") == null
        ? Optional.empty()
        : Migration.version(dataSource, classes.getClass().getClassLoader());
  }

  private static Connection held(DataSource dataSource) {
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      throw wrong(unreachable(e), e);
    }
  }

  private static String unreachable(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused && refused.getErrorCode() == LOCKED) {
        Matcher file = FILE.matcher(String.valueOf(refused.getMessage()));
        return "is in use by another process"
            + (file.find() ? " - '" + file.group(1) + "'" : "")
            + " - stop the program that runs there first; for several at a time use PostgreSQL";
      }
    }
    return "cannot be opened ("
        + Database.words(thrown)
        + ") - "
        + FullDisk.advice(thrown, null).orElse("check its address, user and password");
  }

  private static RunException wrong(String words, Throwable cause) {
    return new RunException(Outcome.CONFIGURATION, false, "ledger - its database " + words, cause);
  }

  /** A class of its own, which is not loaded where Flyway is not there. */
  private static final class Migration {

    static void run(DataSource dataSource, ClassLoader classes) {
      flyway(dataSource, classes).migrate();
    }

    static Optional<String> version(DataSource dataSource, ClassLoader classes) {
      MigrationInfoService info = flyway(dataSource, classes).info();
      return Optional.ofNullable(info.current()).map(current -> current.getVersion().getVersion());
    }

    private static Flyway flyway(DataSource dataSource, ClassLoader classes) {
      return Flyway.configure(classes)
          .dataSource(dataSource)
          .locations("classpath:" + FILES)
          .table("writeback_schema")
          // A host's database holds other tables already.
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load();
    }
  }
}
