package dev.writeback.run;

import java.util.Locale;

/** How a run ended, and the exit code that the standalone program gives for it. */
public enum Outcome {
  /** The object is in S3, proved as far as the job asks. */
  DONE(0),
  /** Domo has not updated the DataSet since the last complete object: nothing was written. */
  UNCHANGED(0),
  /** No rows above the watermark of the last complete object: nothing was written. */
  NOTHING_NEW(0),
  /** Something that nobody foresaw; its message is the best that is known. */
  UNEXPECTED(1),
  /** Another run of the same job is under way: this one did not begin. */
  OVERLAP(1),
  /** A person has given the run up before it was finished. */
  ABANDONED(1),
  /** The program was stopped while the run was under way. */
  STOPPED(1),
  /** A job file, an account, a role or the command line is wrong. */
  CONFIGURATION(2),
  /** Domo or AWS refused the credentials, or they may not do what the job asks. */
  CREDENTIALS(3),
  /** Domo did not give the DataSet. */
  DOMO(4),
  /** S3 did not take the object. */
  S3(5),
  /** The rows that arrived could not be shown to be all rows. */
  NOT_PROVED(6);

  private final int exitCode;

  Outcome(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }

  /** As it is told wherever somebody reads it, such as {@code nothing new}. */
  public String inWords() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether all that was asked for is there; nothing needs to be repeated. */
  public boolean isSuccess() {
    return exitCode == 0;
  }
}
