package dev.writeback.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A connection for one statement, which is given back as it was. A database that does not answer is
 * given up: by its driver, which tells the database so, and a little later by the socket, for one
 * that can no longer be told.
 */
final class BorrowedConnection implements AutoCloseable {

  private static final int NOT_CHANGED = -1;

  /** So that the database is told before the connection is dropped. */
  private static final Duration AFTER_THE_DRIVER = Duration.ofSeconds(2);

  private final Connection connection;
  private final boolean autoCommit;
  private final Duration limit;
  private int networkTimeout = NOT_CHANGED;

  /**
   * @param limit how long a statement may take, in full seconds
   */
  BorrowedConnection(DataSource dataSource, Duration limit) throws SQLException {
    this.limit = limit;
    this.connection = dataSource.getConnection();
    try {
      limitNetwork();
      autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      try (connection) {
        throw e;
      }
    }
  }

  private void limitNetwork() throws SQLException {
    try {
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, (int) limit.plus(AFTER_THE_DRIVER).toMillis());
      networkTimeout = before;
    } catch (SQLFeatureNotSupportedException embedded) {
      networkTimeout = NOT_CHANGED;
    }
  }

  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout((int) limit.toSeconds());
    return statement;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.setAutoCommit(autoCommit);
      if (networkTimeout != NOT_CHANGED) {
        connection.setNetworkTimeout(Runnable::run, networkTimeout);
      }
    }
  }
}
