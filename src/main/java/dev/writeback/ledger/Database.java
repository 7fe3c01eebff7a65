package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.net.SocketTimeoutException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Statements on a DataSource. Each is a transaction of its own, on a connection that is given back
 * at once. One that hangs is given up. Thread-safe.
 */
final class Database {

  /** SQLSTATE of a row that is there already (ISO 9075, class 23), in H2 and in PostgreSQL. */
  private static final String UNIQUE_VIOLATION = "23505";

  /** SQLSTATE of a statement that was given up, in H2 and in PostgreSQL. */
  private static final String CANCELED = "57014";

  /** ASCII's own character for one that cannot be shown. */
  private static final String SUBSTITUTE = "\u001A";

  private static final Pattern NOT_PORTABLE = Pattern.compile("[\\x00\\p{Cs}]");

  /** Makes an object of the row that a result is at. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  private final DataSource dataSource;
  private final Duration limit;
  private volatile Long deadline;

  /**
   * @param limit how long a statement may take; at least a second
   */
  Database(DataSource dataSource, Duration limit) {
    this.dataSource = dataSource;
    this.limit = limit.toSeconds() < 1 ? Duration.ofSeconds(1) : limit;
  }

  <T> List<T> query(Row<T> row, String sql, Object... values) {
    return run(
        sql,
        values,
        statement -> {
          List<T> found = new ArrayList<>();
          try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
              found.add(row.read(result));
            }
          }
          return found;
        });
  }

  /**
   * @return how many rows it changed
   */
  int update(String sql, Object... values) {
    return run(sql, values, PreparedStatement::executeUpdate);
  }

  /**
   * @return false where a row with this key is there already
   */
  boolean insert(String sql, Object... values) {
    return run(
        sql,
        values,
        statement -> {
          try {
            return statement.executeUpdate() == 1;
          } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
              return false;
            }
            throw e;
          }
        });
  }

  /** The database's own time, which all its users share. */
  Instant now() {
    return query(row -> time(row, 1), "select current_timestamp").get(0);
  }

  static Instant time(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return time(row, row.findColumn(column));
  }

  /**
   * The program stops: what is not written within the time of one statement is not written any
   * more, so that a database that hangs does not hold the stop up once for each run.
   */
  void hurry() {
    if (deadline == null) {
      deadline = System.nanoTime() + limit.toNanos();
    }
  }

  private <T> T run(String sql, Object[] values, Work<T> work) {
    Long end = deadline;
    if (end != null && end - System.nanoTime() < 0) {
      throw failed(
          "The ledger's database is not waited for any longer, since the program stops", null);
    }
    try (BorrowedConnection connection = new BorrowedConnection(dataSource, limit);
        PreparedStatement statement = connection.prepare(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, portable(values[i]));
      }
      return work.on(statement);
    } catch (SQLException | RuntimeException e) {
      throw isTimeOut(e)
          ? failed(
              "The ledger's database has not answered within "
                  + limit.toSeconds()
                  + " s: "
                  + words(e),
              e)
          : failed("The ledger's database does not do its part: " + words(e), e);
    }
  }

  private static RunException failed(String words, Throwable cause) {
    return new RunException(Outcome.UNEXPECTED, true, words, cause);
  }

  private static boolean isTimeOut(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException
          || cause instanceof SQLTimeoutException
          || cause instanceof SQLException refused && CANCELED.equals(refused.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /**
   * A {@code java.sql.Timestamp} would go through the machine's zone, where an hour comes twice.
   * PostgreSQL has no U+0000, and neither half of a character: {@link #SUBSTITUTE} stands for them,
   * which no name of an object has either.
   */
  private static Object portable(Object value) {
    if (value instanceof Instant time) {
      return time.atOffset(ZoneOffset.UTC);
    }
    return value instanceof String text ? NOT_PORTABLE.matcher(text).replaceAll(SUBSTITUTE) : value;
  }

  /**
   * What a database says last is what a person can use; H2 adds its statement after a semicolon.
   */
  static String words(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getName()
        : message
            .lines()
            .findFirst()
            .orElse("")
            .replaceFirst("; SQL statement:.*", "")
            // Its options may hold a password.
            .replaceAll("jdbc:[^\"\\s]+", "jdbc:...");
  }
}
