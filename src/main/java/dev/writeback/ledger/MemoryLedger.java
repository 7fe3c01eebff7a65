package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The ledger of a host that has no database: it knows the last {@value #KEPT} runs of this process.
 */
final class MemoryLedger implements LedgerStore, Leases {

  private static final int KEPT = 1_000;

  private final List<RunRecord> runs = new ArrayList<>();
  private final Map<String, LeaseRecord> leases = new HashMap<>();

  @Override
  public boolean isDurable() {
    return false;
  }

  @Override
  public synchronized boolean save(RunRecord run) {
    int known = indexOf(run.id());
    if (known >= 0) {
      return replace(known, run, !runs.get(known).isComplete());
    }
    if (runs.size() == KEPT) {
      runs.remove(0);
    }
    runs.add(run);
    return true;
  }

  @Override
  public synchronized boolean saveOpen(RunRecord run) {
    int known = indexOf(run.id());
    return known < 0 ? save(run) : replace(known, run, runs.get(known).ended() == null);
  }

  private int indexOf(String id) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      if (runs.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private boolean replace(int known, RunRecord run, boolean mayBe) {
    if (mayBe) {
      runs.set(known, run);
    }
    return mayBe;
  }

  private synchronized List<RunRecord> newestFirst(String job, Predicate<RunRecord> wanted) {
    List<RunRecord> found = new ArrayList<>();
    for (int i = runs.size() - 1; i >= 0; i--) {
      RunRecord run = runs.get(i);
      if ((job == null || run.job().equals(job)) && wanted.test(run)) {
        found.add(run);
      }
    }
    return found;
  }

  private Optional<RunRecord> last(String job, Predicate<RunRecord> wanted) {
    return newestFirst(job, wanted).stream().findFirst();
  }

  private List<RunRecord> oldestFirst(String job, Predicate<RunRecord> wanted) {
    List<RunRecord> found = newestFirst(job, wanted);
    Collections.reverse(found);
    return found;
  }

  @Override
  public List<RunRecord> unfinished(String job) {
    return oldestFirst(job, run -> run.ended() == null);
  }

  @Override
  public List<RunRecord> openIntents(String job) {
    return oldestFirst(job, RunRecord::isOpenIntent);
  }

  @Override
  public Optional<Instant> lastSlot(String job) {
    Stream<RunRecord> counting =
        newestFirst(job, run -> run.scheduled() && (run.ended() != null || run.object() != null))
            .stream();
    return counting.map(RunRecord::slot).max(Comparator.naturalOrder());
  }

  @Override
  public Optional<RunRecord> lastComplete(String job) {
    return last(job, RunRecord::isComplete);
  }

  private static boolean hasEnded(RunRecord run) {
    return run.ended() != null && run.outcome() != Outcome.OVERLAP;
  }

  @Override
  public Optional<RunRecord> lastEnded(String job) {
    return last(job, MemoryLedger::hasEnded);
  }

  private static boolean counts(RunRecord run) {
    return hasEnded(run) && (!run.byHand() || run.outcome().isSuccess());
  }

  @Override
  public Optional<RunRecord> lastThatCounts(String job) {
    return last(job, MemoryLedger::counts);
  }

  @Override
  public Optional<RunRecord> lastEndedBefore(RunContext run) {
    return last(run.getJob(), other -> counts(other) && !other.id().equals(run.getId()));
  }

  private static boolean isObjectOf(RunRecord run, String dataSetId) {
    return run.outcome() == Outcome.DONE && run.dataSet().id().equals(dataSetId);
  }

  @Override
  public Optional<RunRecord> lastObject(String job, String dataSetId) {
    return last(job, run -> isObjectOf(run, dataSetId));
  }

  @Override
  public List<RunRecord> objectsOf(String job, String dataSetId, Instant slot) {
    return newestFirst(job, run -> isObjectOf(run, dataSetId) && run.slot().equals(slot));
  }

  @Override
  public Optional<Long> watermark(String job, String dataSetId) {
    return newestFirst(job, run -> isObjectOf(run, dataSetId) && run.watermark() != null).stream()
        .map(run -> run.watermark().upTo())
        .max(Comparator.naturalOrder());
  }

  @Override
  public List<RunRecord> history(String job, int most) {
    return newestFirst(job, run -> true).stream().limit(most).toList();
  }

  @Override
  public List<RunRecord> withOpenUploads(String job) {
    return newestFirst(job, run -> run.ended() != null && !run.openUploads().isEmpty()).stream()
        .limit(MOST_WITH_OPEN_UPLOADS)
        .toList();
  }

  @Override
  public synchronized void uploadEnded(String runId, String uploadId) {
    runs.replaceAll(run -> run.id().equals(runId) ? run.withoutUpload(uploadId) : run);
  }

  @Override
  public void hurry() {
    // Nobody is waited for.
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  @Override
  public Leases leases() {
    return this;
  }

  /** Nobody who holds a lease here can be dead: it would be this process. */
  @Override
  public synchronized Optional<LeaseRecord> take(String job, String runId, Holder holder) {
    LeaseRecord wanted = new LeaseRecord(job, runId, holder, Instant.now(), Instant.MAX);
    return Optional.ofNullable(leases.putIfAbsent(job, wanted));
  }

  /** Nothing expires here. */
  @Override
  public synchronized List<LeaseRecord> renew(Holder holder) {
    return leases.values().stream().filter(lease -> lease.holder().equals(holder)).toList();
  }

  @Override
  public synchronized Optional<LeaseRecord> find(String job) {
    return Optional.ofNullable(leases.get(job));
  }

  @Override
  public synchronized void release(String job, Holder holder) {
    leases.computeIfPresent(job, (name, has) -> has.holder().equals(holder) ? null : has);
  }

  @Override
  public synchronized void releaseAll(Holder holder) {
    leases.values().removeIf(lease -> lease.holder().equals(holder));
  }
}
