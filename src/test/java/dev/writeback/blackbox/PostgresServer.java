package dev.writeback.blackbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL of its own processes, which can be stopped and started again with what it holds. */
final class PostgresServer implements AutoCloseable {

  private final Path data;
  private final int port;
  private EmbeddedPostgres running;

  private PostgresServer(Path data, EmbeddedPostgres running) {
    this.data = data;
    this.running = running;
    this.port = running.getPort();
  }

  /**
   * @param data a folder that is not there yet
   */
  static PostgresServer start(Path data) throws IOException {
    return new PostgresServer(data, builder(data).start());
  }

  private static EmbeddedPostgres.Builder builder(Path data) {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
  }

  /** Breaks off what is connected. */
  void stop() throws IOException {
    running.close();
    running = null;
  }

  /** On the same port, with the same data; nothing where it runs. */
  void startAgain() throws IOException {
    if (running == null) {
      running = builder(data).setPort(port).start();
    }
  }

  /** The launcher with its ledger in this server. */
  Launcher ledgerOf(Launcher launcher) {
    return launcher
        .with("ledger.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres")
        .with("ledger.user", "postgres");
  }

  @Override
  public void close() throws IOException {
    if (running != null) {
      stop();
    }
  }
}
