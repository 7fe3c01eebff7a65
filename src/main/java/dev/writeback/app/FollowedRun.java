package dev.writeback.app;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A run by hand in the running program, and what its caller is told of it. Thread-safe. */
final class FollowedRun {

  private final String id = UUID.randomUUID().toString();
  private final String job;
  private final List<String> lines = new ArrayList<>();
  private boolean over;
  private int exitCode;
  private String error;

  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  FollowedRun(String job) {
    this.job = job;
  }

  String id() {
    return id;
  }

  String job() {
    return job;
  }

  /** A run of the ledger is this one, or one that it finishes first. */
  void begins(RunContext run) {
    ids.add(run.getId());
  }

  boolean isOf(String runId) {
    return ids.contains(runId);
  }

  synchronized void told(String line) {
    lines.add(line);
  }

  synchronized void ended(int code) {
    over = true;
    exitCode = code;
  }

  /** It ended before there was a run. */
  synchronized void failed(RunException failure) {
    ended(failure.outcome().exitCode());
    error = failure.getMessage();
  }

  synchronized boolean isOver() {
    return over;
  }

  /**
   * @param from how many lines are known already
   */
  synchronized RunNews news(int from, String progress) {
    List<String> later =
        List.copyOf(lines.subList(Math.min(Math.max(from, 0), lines.size()), lines.size()));
    return new RunNews(later, progress, over ? exitCode : null, error);
  }
}
