package dev.writeback.run;

/** A component that keeps what jobs have done, for later runs to build on. */
public interface Durable {

  /** Whether it still knows after a restart. */
  boolean isDurable();
}
