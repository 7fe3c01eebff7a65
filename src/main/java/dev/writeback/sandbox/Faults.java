package dev.writeback.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Faults that wait for a request that they fit, oldest first. Thread-safe. */
final class Faults<F> {

  private static final class Waiting<F> {
    private final F fault;
    private int left;
    private int spared;

    Waiting(F fault, int left, int spared) {
      this.fault = fault;
      this.left = left;
      this.spared = spared;
    }
  }

  private final List<Waiting<F>> waiting = new ArrayList<>();

  /**
   * @param times how many requests it hits; 0 for every one until {@link #clear}
   */
  void add(F fault, int times) {
    add(fault, times, 0);
  }

  /**
   * @param times how many requests it hits; 0 for every one until {@link #clear}
   * @param after how many requests that it fits are let through before
   */
  synchronized void add(F fault, int times, int after) {
    waiting.add(new Waiting<>(fault, times == 0 ? Integer.MAX_VALUE : times, after));
  }

  /** The first fault that fits; one of its times is used up. */
  synchronized Optional<F> take(Predicate<F> fits) {
    for (Iterator<Waiting<F>> all = waiting.iterator(); all.hasNext(); ) {
      Waiting<F> next = all.next();
      if (fits.test(next.fault) && next.spared-- <= 0) {
        if (next.left != Integer.MAX_VALUE && --next.left == 0) {
          all.remove();
        }
        return Optional.of(next.fault);
      }
    }
    return Optional.empty();
  }

  synchronized List<F> list() {
    return waiting.stream().map(one -> one.fault).toList();
  }

  synchronized void clear() {
    waiting.clear();
  }
}
