package dev.writeback.blackbox;

/**
 * What the rounds of a fault came to. All but the rounds have to be 0.
 *
 * @param rounds how often the fault was tried
 * @param wrong objects whose bytes are not those that they should be
 * @param partial objects that are a beginning of what they should be
 * @param lost objects that are told of as done, or were there before, and are not there; rows of
 *     increments that no object has
 * @param orphaned uploads that are still open after the next run
 */
record Tally(int rounds, int wrong, int partial, int lost, int orphaned) {

  static final Tally NONE = new Tally(0, 0, 0, 0, 0);

  /** One round in which all was as it has to be. */
  static final Tally GOOD = new Tally(1, 0, 0, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        rounds + other.rounds,
        wrong + other.wrong,
        partial + other.partial,
        lost + other.lost,
        orphaned + other.orphaned);
  }

  /** The same, but for what is still open. */
  Tally withOrphans(int open) {
    return new Tally(rounds, wrong, partial, lost, open);
  }

  /** The same, for another number of rounds. */
  Tally of(int otherRounds) {
    return new Tally(otherRounds, wrong, partial, lost, orphaned);
  }

  boolean isGood() {
    return wrong + partial + lost + orphaned == 0;
  }
}
