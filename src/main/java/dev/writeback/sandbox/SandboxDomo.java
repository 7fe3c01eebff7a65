package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.DomoFault.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * The sandbox's Domo: token, DataSets, exports, queries and streams, with faults to switch on and
 * counters to ask. It behaves as Domo's public documentation and its published clients say, not as
 * a live Domo was seen to. Thread-safe.
 */
public final class SandboxDomo {

  /** A small real DataSet with quoted commas and quotes. */
  public static final String AIRPORTS = "845305d8-da3d-4107-a9d6-13ef3f86d4a4";

  /** A small real DataSet of dates and decimals. */
  public static final String WEATHER = "b6f5f1c2-6a3e-4b53-9b61-3a9df2f4c5de";

  /** A handful of made-up rows with every difficulty, and with batch columns. */
  public static final String ORDERS = "c0ffee00-5ca1-4ab1-8e0d-0123456789ab";

  /** A made-up DataSet of one column, whose nulls are empty lines; no stream feeds it. */
  public static final String ONE_COLUMN = "0dd0c01a-0001-4c01-9c01-0000000000c1";

  static final int OWNER_ID = 27;
  static final String OWNER_NAME = "Sandbox Owner";

  private final DomoCatalog catalog = new DomoCatalog();
  private final DomoTokens tokens = new DomoTokens();
  private final Faults<DomoFault> faults = new Faults<>();
  private final List<DomoCall> calls = new CopyOnWriteArrayList<>();
  private final List<DomoExport> exports = new CopyOnWriteArrayList<>();
  private final DomoRouter router = new DomoRouter(this, catalog, tokens);
  private volatile CountDownLatch healed = new CountDownLatch(1);
  private volatile CsvShape shape = CsvShape.DEFAULT;
  private volatile boolean compressing;
  private volatile boolean refusingCsvWith406;

  SandboxDomo() {}

  /**
   * A DataSet that is made while it is read, from its number of rows alone.
   *
   * @return its id; {@code 00000000-0000-4000-8000-} and the number in twelve decimal digits, which
   *     may also be asked for without this call
   */
  public String generated(String name, long rows) {
    return catalog.generate(name, rows);
  }

  /** A generated DataSet whose export has about so many bytes, give or take a percent. */
  public String generatedOfBytes(String name, long bytes) {
    return generated(name, bytes / GeneratedDataSet.MEAN_ROW_BYTES);
  }

  /**
   * A generated DataSet whose batches have so many rows each; their {@code _BATCH_ID_}s are 1, 2
   * and so on.
   *
   * @return its id
   */
  public String batches(String name, int... sizes) {
    return catalog.batches(name, sizes);
  }

  /**
   * A DataSet of the rows of a CSV text with a header. Nothing between two commas is null, {@code
   * ""} is the empty string.
   *
   * @param types of the columns, as Domo calls them
   * @return its id
   */
  public String table(String name, String csv, String... types) {
    return catalog.table(name, csv, Arrays.stream(types).map(DataSet.Type::valueOf).toList());
  }

  /**
   * Appends a batch of so many rows, with the next {@code _BATCH_ID_} if there are any, and a later
   * time of the update. Reads that are under way do not see it.
   */
  public void append(String dataSet, int rows) {
    try {
      catalog.append(dataSet, rows);
    } catch (DomoError e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Gives a DataSet other rows, of a CSV text as {@link #table} takes it with the same columns, and
   * a later time of the update.
   */
  public void replace(String dataSet, String csv) {
    try {
      catalog.replace(dataSet, csv);
    } catch (DomoError e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** What the DataSet's stream says of itself; APPEND at first where there are batches. */
  public void setUpdateMethod(String dataSet, String method) {
    catalog.setUpdateMethod(dataSet, method);
  }

  /** One line for each DataSet that is there, and one for those that come by being asked for. */
  String summary() {
    StringBuilder lines = new StringBuilder();
    for (DataSet dataSet : catalog.all()) {
      lines.append(
          "      %s  %s, %d rows%n".formatted(dataSet.id(), dataSet.name(), dataSet.rows()));
    }
    return lines
        .append(
            "      00000000-0000-4000-8000-000001000000  generated: its number of rows in the last"
                + " twelve digits\n")
        .toString();
  }

  /** The true number of rows of a DataSet. */
  public long rows(String dataSet) {
    return known(dataSet).rows();
  }

  /** The bytes of a whole export with header, as it comes without any fault. */
  public void writeExport(String dataSet, OutputStream out) throws IOException {
    DataSet known = known(dataSet);
    out.write(DomoExports.header(known));
    known.writeCsv(out, shape, Long.MAX_VALUE);
  }

  private DataSet known(String dataSet) {
    try {
      return catalog.get(dataSet);
    } catch (DomoError e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Tells another time of the last update from now on. */
  public void setUpdated(String dataSet, Instant when) {
    catalog.update(dataSet, when);
  }

  /** Gives a DataSet another name; several may have the same. */
  public void rename(String dataSet, String name) {
    catalog.rename(dataSet, name);
  }

  /** Lets a DataSet belong to another user. */
  public void setOwner(String dataSet, long userId, String name) {
    catalog.access().setOwner(dataSet, new DomoAccess.User(userId, name));
  }

  /** The user of whom tokens tell that are issued from now on; the DataSets' owner at first. */
  public void setTokenUser(long userId) {
    tokens.setUser(userId);
  }

  /**
   * Protects a DataSet's rows (PDP): its last rows are neither exported nor found by a query, while
   * its metadata counts them.
   */
  public void protectRows(String dataSet, long hidden) {
    catalog.access().protect(dataSet, hidden);
  }

  /** Deletes a DataSet: its metadata says so, and nothing else is told of it. */
  public void delete(String dataSet) {
    catalog.access().delete(dataSet);
  }

  /** How exports write nulls and quotes; {@link CsvShape#DEFAULT} at first. */
  public void setCsvShape(CsvShape shape) {
    this.shape = shape;
  }

  /** Whether exports are compressed for clients that accept gzip; false at first. */
  public void setCompressing(boolean compressing) {
    this.compressing = compressing;
  }

  /**
   * Whether a CSV call without a good token is refused with 406 and an HTML page, as Domo's Java
   * client expects, and not with 401; false at first.
   */
  public void setRefusingCsvWith406(boolean refusingCsvWith406) {
    this.refusingCsvWith406 = refusingCsvWith406;
  }

  /** How long tokens live that are issued from now on; 3599 s at first. */
  public void setTokenLife(Duration life) {
    tokens.setLife(life);
  }

  /** Lets no token be valid any more. */
  public void revokeTokens() {
    tokens.revokeAll();
  }

  /** The tokens that were issued, and not revoked since. */
  public Set<String> tokens() {
    return tokens.all();
  }

  public int tokensIssued() {
    return tokens.issued();
  }

  /** Every request so far, oldest first. */
  public List<DomoCall> calls() {
    return List.copyOf(calls);
  }

  /** The requests whose path begins so, oldest first. */
  public List<DomoCall> calls(String path) {
    return calls.stream().filter(call -> call.path().startsWith(path)).toList();
  }

  /** Every export so far, oldest first. */
  public List<DomoExport> exports() {
    return List.copyOf(exports);
  }

  public long exportsUnderWay() {
    return exports.stream().filter(one -> one.state() == DomoExport.State.UNDER_WAY).count();
  }

  /** Lets something go wrong; of several faults of a kind that fit, the oldest hits. */
  public void inject(DomoFault fault) {
    faults.add(fault, fault.times(), fault.after());
  }

  /** Ends every fault; what is stalled goes on, and new tokens live as long as usual. */
  public synchronized void heal() {
    faults.clear();
    tokens.setLife(DomoTokens.USUAL_LIFE);
    healed.countDown();
    healed = new CountDownLatch(1);
  }

  CsvShape shape() {
    return shape;
  }

  boolean compressing() {
    return compressing;
  }

  boolean refusingCsvWith406() {
    return refusingCsvWith406;
  }

  Optional<DomoFault> fault(Kind kind, Endpoint endpoint, String dataSet) {
    return fault(kind, endpoint, dataSet, null);
  }

  /**
   * @param sql of a query, where it is known
   */
  Optional<DomoFault> fault(Kind kind, Endpoint endpoint, String dataSet, String sql) {
    return faults.take(fault -> fault.fits(kind, endpoint, dataSet, sql));
  }

  DomoExport export(String dataSet) {
    DomoExport export = new DomoExport(dataSet);
    exports.add(export);
    return export;
  }

  void holdUntilHealed() throws IOException {
    try {
      healed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The sandbox is closing", e);
    }
  }

  void handle(HttpExchange exchange) throws IOException {
    Instant at = Instant.now();
    DomoAnswer answer;
    int status = 0;
    try {
      answer = router.route(exchange);
      status = 200;
    } catch (DomoError e) {
      answer = e::send;
      status = e.status();
    } finally {
      // Before the answer goes out: who has it finds the call here.
      calls.add(
          new DomoCall(
              at,
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              RequestUri.query(exchange.getRequestURI()),
              RequestHeaders.masked(exchange, Set.of("authorization")),
              status));
    }
    answer.send(exchange);
  }
}
