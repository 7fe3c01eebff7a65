package dev.writeback.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The ledger's database as {@code application.properties} names it: an H2 file, or PostgreSQL. A
 * pool, since a connection to PostgreSQL costs more than the statements of a run together.
 */
final class LedgerDatabase extends ServiceSupport {

  static final String URL = "ledger.url";
  static final String USER = "ledger.user";
  static final String PASSWORD = "ledger.password";

  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** Statements take milliseconds, so that fifty jobs share these without waiting noticeably. */
  private static final int CONNECTIONS = 4;

  private static final Duration WAIT = Duration.ofSeconds(10);

  /** A migration of the tables may wait for another program that is at it. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  private final CamelContext context;
  private final HikariDataSource pool = new HikariDataSource();

  private LedgerDatabase(CamelContext context) {
    this.context = context;
  }

  /** Gives this CamelContext its ledger; closed with it. Nothing is opened yet. */
  static void of(CamelContext context) throws Exception {
    LedgerDatabase database = new LedgerDatabase(context);
    String url = database.url();
    database.configure(url);
    context.addService(database);
    LedgerComponent ledger = context.getComponent("ledger", LedgerComponent.class);
    ledger.setDataSource(database.pool);
    ledger.setOfOneProcess(
        url.startsWith(H2) && !url.matches("(?i).*(AUTO_SERVER=TRUE|h2:tcp|h2:ssl).*"));
  }

  /** The database to look at: an H2 file that is not there is not made. For the caller to close. */
  static HikariDataSource found(CamelContext context) {
    LedgerDatabase database = new LedgerDatabase(context);
    String url = database.url();
    database.configure(url.startsWith(H2) ? url + ";IFEXISTS=TRUE" : url);
    return database.pool;
  }

  /**
   * Without opening it.
   *
   * @throws RunException if the program has no driver for it
   */
  static void check(CamelContext context) {
    String url = new LedgerDatabase(context).url();
    try {
      DriverManager.getDriver(url);
    } catch (SQLException e) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          // (What follows may hold a password.)
          URL
              + " - no database that is known here - '"
              + url.replaceFirst("(?s)^((?:[^:]*:){0,2}).*", "$1...")
              + "' - such as jdbc:h2:file:./ledger or jdbc:postgresql://HOST/DATABASE");
    }
  }

  private String url() {
    return setting(URL, "jdbc:h2:file:./ledger");
  }

  private void configure(String url) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setJdbcUrl(url.startsWith(H2) ? safe(url) : url);
    config.setUsername(setting(USER, url.startsWith(H2) ? "sa" : null));
    config.setPassword(setting(PASSWORD, null));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT.toMillis());
    config.setValidationTimeout(WAIT.dividedBy(2).toMillis());
    if (url.startsWith(POSTGRESQL)) {
      // In seconds. A statement of the ledger has its own limit; this is for all else.
      config.addDataSourceProperty("connectTimeout", WAIT.toSeconds());
      config.addDataSourceProperty("socketTimeout", LONGEST_SILENCE.toSeconds());
      config.addDataSourceProperty("tcpKeepAlive", true);
    }
    config.copyStateTo(pool);
  }

  /**
   * By default H2 writes half a second after it has said so, which a killed process does not live
   * to see, and closes itself before a program that is told to stop has said its last word.
   */
  private static String safe(String url) {
    return url + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  private String setting(String name, String otherwise) {
    String value = context.resolvePropertyPlaceholders("{{" + name + ":}}");
    return value.isBlank() ? otherwise : value.trim();
  }

  @Override
  protected void doStop() {
    pool.close();
  }
}
