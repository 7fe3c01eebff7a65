package dev.writeback.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Leases in the table {@code writeback_lease}. Time is the database's, not that of its users. */
final class JdbcLeases implements Leases {

  private final Database database;
  private final Duration life;
  private final boolean ofOneProcess;

  /**
   * @param life how long a lease lasts that is not renewed
   * @param ofOneProcess whether the database is open to one process at a time, so that another one
   *     that still has a lease must be dead
   */
  JdbcLeases(Database database, Duration life, boolean ofOneProcess) {
    this.database = database;
    this.life = life;
    this.ofOneProcess = ofOneProcess;
  }

  @Override
  public Optional<LeaseRecord> take(String job, String runId, Holder holder) {
    while (true) {
      Instant now = database.now();
      Optional<LeaseRecord> has = find(job);
      boolean taken;
      if (has.isEmpty()) {
        taken =
            database.insert(
                "insert into writeback_lease (run_id, holder, since, expires, job)"
                    + " values (?, ?, ?, ?, ?)",
                runId,
                holder.toString(),
                now,
                now.plus(life),
                job);
      } else if (isDead(has.get(), holder, now)) {
        taken =
            database.update(
                    "update writeback_lease set run_id = ?, holder = ?, since = ?, expires = ?"
                        + " where job = ? and holder = ? and expires = ?",
                    runId,
                    holder.toString(),
                    now,
                    now.plus(life),
                    job,
                    has.get().holder().toString(),
                    has.get().expires())
                == 1;
      } else {
        return has;
      }
      if (taken) {
        return Optional.empty();
      }
      // Somebody was quicker: look again at who has it now.
    }
  }

  private boolean isDead(LeaseRecord lease, Holder holder, Instant now) {
    return !lease.expires().isAfter(now)
        || ofOneProcess && !lease.holder().process().equals(holder.process());
  }

  @Override
  public Optional<LeaseRecord> find(String job) {
    List<LeaseRecord> found =
        database.query(JdbcLeases::lease, "select * from writeback_lease where job = ?", job);
    return found.stream().findFirst();
  }

  private static LeaseRecord lease(ResultSet row) throws SQLException {
    return new LeaseRecord(
        row.getString("job"),
        row.getString("run_id"),
        Holder.of(row.getString("holder")),
        Database.time(row, "since"),
        Database.time(row, "expires"));
  }

  @Override
  public List<LeaseRecord> renew(Holder holder) {
    database.update(
        "update writeback_lease set expires = ? where holder = ?",
        database.now().plus(life),
        holder.toString());
    return database.query(
        JdbcLeases::lease, "select * from writeback_lease where holder = ?", holder.toString());
  }

  @Override
  public void release(String job, Holder holder) {
    database.update(
        "delete from writeback_lease where job = ? and holder = ?", job, holder.toString());
  }

  @Override
  public void releaseAll(Holder holder) {
    database.update("delete from writeback_lease where holder = ?", holder.toString());
  }
}
