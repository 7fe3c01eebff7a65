package dev.writeback.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes edits of route files into a running context. What is edited is first checked; what is wrong
 * with it is told, and what was right before goes on. A route that is made of something else than
 * before is changed when it is idle: a run that is under way, and its repetitions, end as they have
 * begun.
 *
 * <p>A service of the context: it looks from the context's start on, until it stops.
 */
public final class Reload extends ServiceSupport {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

  /** Whoever saves a file has written it by then. */
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(2);

  private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
  private static final long LONGEST_STOP_SECONDS = 30;

  /** Less than a command waits for its answer. */
  private static final long LONGEST_LOOK_SECONDS = 20;

  private final CamelContext context;
  private final Function<RouteSnapshot, List<Mistake>> check;
  private final Duration interval;
  private final Duration settling;
  private ScheduledExecutorService thread;
  private RouteSwap swap;
  private RouteSnapshot accepted;
  private RouteSnapshot looked;
  private RouteSnapshot seen;
  private boolean again;
  private long seenAt;
  private long lookAt;
  private RouteParts wanted;
  private List<Mistake> mistakes = List.of();
  private String failure = "";
  private volatile ReloadState state = ReloadState.SAME;

  /**
   * @param context that will load these files by itself
   * @param loaded as they are read at its start
   * @param interval between two looks at the files
   * @param check tells what is wrong with files; nothing is contacted
   */
  public Reload(
      CamelContext context,
      RouteSnapshot loaded,
      Duration interval,
      Function<RouteSnapshot, List<Mistake>> check) {
    this.context = context;
    this.accepted = loaded;
    this.looked = loaded;
    this.seen = loaded;
    this.interval = interval;
    this.settling = interval.compareTo(LONGEST_SETTLING) < 0 ? interval : LONGEST_SETTLING;
    this.check = check;
  }

  /** After the context has started its routes. */
  public void begin() {
    wanted = new RouteParts(context, accepted);
    swap = new RouteSwap(context, wanted, accepted, interval);
    lookAt = System.nanoTime() + interval.toNanos();
    long tick = (interval.compareTo(LONGEST_TICK) < 0 ? interval : LONGEST_TICK).toMillis();
    thread =
        context
            .getExecutorServiceManager()
            .newSingleThreadScheduledExecutor(this, "writeback-reload");
    thread.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() throws InterruptedException {
    end();
  }

  /** Before the context stops its routes. */
  public void end() throws InterruptedException {
    ScheduledExecutorService running = thread;
    if (running != null) {
      thread = null;
      running.shutdown();
      running.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
      context.getExecutorServiceManager().shutdownNow(running);
    }
  }

  /** How what runs differs from the files. */
  ReloadState state() {
    return state;
  }

  /**
   * Takes at once what a job is made of, also what has been written just now: for who has written a
   * file and asks for what stands in it. Other files are left to settle, as somebody may be writing
   * them; unless the job's own are wrong without them.
   *
   * @return whether it has been looked at, or would never be
   */
  public boolean now(String job) throws InterruptedException {
    ScheduledExecutorService looking = thread;
    if (looking == null) {
      return true;
    }
    try {
      looking.submit(() -> tick(() -> takeNow(job))).get(LONGEST_LOOK_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (RejectedExecutionException | ExecutionException stopping) {
      LOG.debug("{} was not looked at", accepted.folder(), stopping);
      return true;
    }
  }

  private void takeNow(String job) {
    RouteSnapshot files = RouteSnapshot.of(accepted.folder());
    Set<Path> madeOf = swap.files().getOrDefault(job, Set.of());
    Set<Path> changed = new TreeSet<>(files.differing(looked));
    // Those that were refused: what they lacked may be there now.
    changed.addAll(files.differing(accepted));
    Set<Path> own =
        changed.stream()
            // One that is gone may be about to come back: an editor saves so.
            .filter(files::has)
            .filter(
                file -> madeOf.contains(file) || files.names(file, job) || files.isKamelet(file))
            .collect(Collectors.toSet());
    if (!own.isEmpty()) {
      RouteSnapshot alone = looked.with(own, files);
      RouteSnapshot now = needsOthers(own, alone, files) ? files : alone;
      if (!now.equals(looked)) {
        take(now);
        looked = now;
      }
    }
  }

  /** Whether other files have what is missing in some by themselves. */
  private boolean needsOthers(Set<Path> own, RouteSnapshot alone, RouteSnapshot all) {
    Set<String> names = names(own);
    List<Mistake> missing =
        check.apply(alone).stream()
            .filter(one -> names.contains(one.place().file()) || !mistakes.contains(one))
            .toList();
    return !missing.isEmpty() && !check.apply(all).containsAll(missing);
  }

  private void tick() {
    tick(() -> lookAtFiles(System.nanoTime()));
  }

  private void tick(Runnable taking) {
    try {
      look(taking);
      tellFailure("");
    } catch (Exception | Error e) {
      // Once, however often it is tried again.
      if (!failure.equals(RouteNews.reason(e))) {
        LOG.error("{} could not be taken: {}", accepted.folder(), RouteNews.reason(e));
        LOG.debug("{} could not be taken", accepted.folder(), e);
      }
      tellFailure(RouteNews.reason(e));
    }
  }

  private void tellFailure(String now) {
    if (!failure.equals(now)) {
      failure = now;
      tellState();
    }
  }

  private void look(Runnable taking) throws Exception {
    try {
      taking.run();
    } finally {
      try {
        swap.to(wanted, accepted);
      } finally {
        tellState();
      }
    }
  }

  private void lookAtFiles(long now) {
    if (now - lookAt >= 0) {
      RouteSnapshot files = RouteSnapshot.of(accepted.folder());
      if (!files.equals(seen)) {
        seen = files;
        seenAt = now;
      }
      if (seen.equals(looked) && !again) {
        lookAt = now + interval.toNanos();
      } else if (now - seenAt >= settling.toNanos()) {
        take(seen);
        looked = seen;
        lookAt = now + interval.toNanos();
      }
    }
  }

  private void take(RouteSnapshot files) {
    List<Mistake> before = mistakes;
    again = false;
    // What is not seen is not deleted.
    mistakes = files.unlisted();
    if (mistakes.isEmpty()) {
      try {
        mistakes = check.apply(files);
        takeRight(rightOf(files, mistakes));
      } catch (Exception | Error e) {
        again = true;
        mistakes = new ArrayList<>(mistakes);
        mistakes.add(new Mistake("", new Problem("", RouteNews.reason(e))));
        LOG.debug("{} could not be taken", files.folder(), e);
      }
    }
    tell(before, files);
  }

  private void takeRight(RouteSnapshot right) throws Exception {
    RouteParts parts = new RouteParts(context, right);
    swap.prepare(parts, right);
    UnusedParts.tell(wanted, parts);
    accepted = right;
    wanted = parts;
  }

  /** What has been told of a file is told again when somebody edits that file. */
  private void tell(List<Mistake> before, RouteSnapshot files) {
    Set<String> edited = names(files.differing(looked));
    if (!edited.isEmpty()) {
      // What is in no file.
      edited.add("");
    }
    List<Mistake> news =
        mistakes.stream()
            .filter(mistake -> !before.contains(mistake) || edited.contains(mistake.place().file()))
            .toList();
    news.forEach(mistake -> LOG.error("{}", mistake));
    if (!news.isEmpty()) {
      LOG.error(
          "not taken: {}; what ran before goes on",
          String.join(", ", names(files.differing(accepted))));
    } else if (mistakes.isEmpty() && !before.isEmpty()) {
      LOG.info("{} is right again", accepted.folder());
    }
  }

  private static Set<String> names(Set<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The files as they are, but those that are wrong as they were. */
  private RouteSnapshot rightOf(RouteSnapshot files, List<Mistake> mistakes) {
    RouteSnapshot right = files;
    List<Mistake> left = mistakes;
    while (!left.isEmpty()) {
      Set<Path> changed = right.differing(accepted);
      Set<String> wrong =
          left.stream().map(mistake -> mistake.place().file()).collect(Collectors.toSet());
      Set<Path> back =
          changed.stream()
              .filter(file -> wrong.contains(file.toString()))
              .collect(Collectors.toSet());
      // What is wrong with a file that is as it was, another one's change has made so.
      right = right.with(back.isEmpty() ? changed : back, accepted);
      if (right.equals(accepted)) {
        return right;
      }
      left = check.apply(right);
    }
    return right;
  }

  private void tellState() {
    List<Mistake> all = new ArrayList<>(mistakes);
    if (!failure.isEmpty()) {
      all.add(
          new Mistake("", new Problem("", accepted.folder() + " could not be taken: " + failure)));
    }
    state =
        new ReloadState(
            List.copyOf(all),
            looked.differing(accepted),
            swap.files(),
            swap.failed(),
            swap.out(),
            swap.waiting());
  }
}
