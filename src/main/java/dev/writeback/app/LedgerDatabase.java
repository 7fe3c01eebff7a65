package dev.writeback.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.writeback.job.Placeholders;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** What stands in front of its options is a file. */
  private static final Pattern H2_FILE =
      Pattern.compile(
          "(?s)jdbc:h2:(?:file:)?+(?!(?:mem\\w*|tcp|ssl|zip|nio\\w*|async|split|cipher|retry|classpath):)"
              + "([^;]+).*");

  /** H2's own rule of which paths it takes. */
  private static final Pattern BEGINS_SOMEWHERE =
      Pattern.compile(
          "(?s)(?!\\w{2,}:)(?:[/\\\\].*|~(?:[/\\\\].*)?|.*(?:\\./|\\.\\\\|:/|:\\\\).*)");

  private static final int PATH = 1;
  private static final String TRACE = ";TRACE_LEVEL_FILE=";

  /** It logs addresses that it cannot read, with the password that may stand in them. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF);
  }

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

  /**
   * Gives this CamelContext its ledger; closed with it. Nothing is opened yet.
   *
   * @throws RunException if its settings cannot be read
   */
  static void of(CamelContext context) {
    LedgerDatabase database = new LedgerDatabase(context);
    String url = database.url();
    database.configure(url);
    try {
      context.addService(database);
    } catch (Exception e) {
      throw RunException.in(e);
    }
    LedgerComponent ledger = context.getComponent("ledger", LedgerComponent.class);
    ledger.setDataSource(database.pool);
    ledger.setOfOneProcess(
        url.startsWith(H2) && !url.matches("(?i).*(AUTO_SERVER=TRUE|h2:tcp|h2:ssl).*"));
  }

  /** The same where it is never opened: what is wrong with its settings is told by their check. */
  static void toLook(CamelContext context) {
    try {
      of(context);
    } catch (RunException unreadable) {
      context
          .getComponent("ledger", LedgerComponent.class)
          .setDataSource(new LedgerDatabase(context).pool);
    }
  }

  /** The database to look at: an H2 file that is not there is not made. For the caller to close. */
  static HikariDataSource found(CamelContext context) {
    check(context);
    LedgerDatabase database = new LedgerDatabase(context);
    String url = database.url();
    database.configure(url.startsWith(H2) ? url + ";IFEXISTS=TRUE" : url);
    return database.pool;
  }

  /**
   * Without opening it.
   *
   * @throws RunException if it cannot be one
   */
  static void check(CamelContext context) {
    String url = new LedgerDatabase(context).url();
    try {
      DriverManager.getDriver(url);
    } catch (SQLException e) {
      boolean known = url.startsWith(H2) || url.startsWith(POSTGRESQL);
      throw wrong(
          known ? "no address that its driver can read" : "no database that is known here",
          hidden(url),
          "such as jdbc:h2:file:./ledger or jdbc:postgresql://HOST/DATABASE");
    }
    Matcher file = H2_FILE.matcher(url);
    if (file.matches() && !BEGINS_SOMEWHERE.matcher(file.group(PATH)).matches()) {
      throw wrong(
          "a path that does not say where it begins",
          shown(url, file),
          "jdbc:h2:file:./ledger is in the folder of the program");
    }
  }

  /** What follows may hold a password. */
  private static String hidden(String url) {
    return url.replaceFirst("(?s)^((?:[^:]*:){0,2}).*", "$1...");
  }

  /** Its options are not shown, also where they are written as another database has them. */
  private static String shown(String url, Matcher file) {
    return file.group(PATH).matches("(?s)[^?&@]*") ? url.substring(0, file.end(PATH)) : hidden(url);
  }

  /**
   * Whether the file of an H2 database can be written.
   *
   * @throws RunException if it cannot, nor be made
   */
  static void requireWritable(CamelContext context) {
    String url = new LedgerDatabase(context).url();
    Matcher file = H2_FILE.matcher(url);
    if (file.matches() && !file.group(PATH).startsWith("~")) {
      Path database = Path.of(file.group(PATH) + ".mv.db").toAbsolutePath();
      Path needed = database;
      while (needed != null && !Files.exists(needed)) {
        // H2 makes the folders.
        needed = needed.getParent();
      }
      boolean right = needed != null && (needed.equals(database) || Files.isDirectory(needed));
      if (!right || !Files.isWritable(needed)) {
        throw wrong(
            right ? "a file that may not be written" : "a path that does not lead through folders",
            shown(url, file),
            "a path that this program's user may write");
      }
    }
  }

  private static RunException wrong(String what, String value, String right) {
    return new RunException(
        Outcome.CONFIGURATION, false, URL + " - " + what + " - '" + value + "' - " + right);
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
   * to see, closes itself before a program that is told to stop has said its last word, and keeps a
   * file of errors, also of those that were to be expected; it has them logged here.
   */
  private static String safe(String url) {
    String traced = url.toUpperCase(Locale.ROOT).contains(TRACE) ? url : url + TRACE + "4";
    return traced + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  private String setting(String name, String otherwise) {
    Optional<String> undefined = Placeholders.ofSetting(context, name);
    if (undefined.isPresent()) {
      throw new RunException(Outcome.CONFIGURATION, false, name + " - " + undefined.orElseThrow());
    }
    String value = context.resolvePropertyPlaceholders("{{" + name + ":}}");
    return value.isBlank() ? otherwise : value.trim();
  }

  @Override
  protected void doStop() {
    pool.close();
  }
}
