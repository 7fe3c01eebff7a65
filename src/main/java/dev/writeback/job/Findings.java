package dev.writeback.job;

/** Is told the mistakes of a part of a file. */
@FunctionalInterface
interface Findings {

  void add(Place place, Problem problem);
}
