package dev.writeback.app;

import dev.writeback.domo.DataSet;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One rehearsal of one writeback: how much of it is done, and what has come of it. */
final class Rehearsed {

  /** The exchange property that holds it. */
  static final String PROPERTY = "writebackRehearsed";

  private final long records;
  private final boolean wrapped;
  private final OutputStream object;
  private DataSet dataSet;
  private RunContext run;
  private RunException failure;
  private long bytes;

  private Rehearsed(long records, boolean wrapped, OutputStream object) {
    this.records = records;
    this.wrapped = wrapped;
    this.object = object;
  }

  /** Nothing of the DataSet is read. */
  static Rehearsed withoutData() {
    return new Rehearsed(0, false, OutputStream.nullOutputStream());
  }

  /** So many records become as many bytes as in an object of theirs alone. */
  static Rehearsed sample(long records) {
    return new Rehearsed(records, true, OutputStream.nullOutputStream());
  }

  /** So many records are written there as in the object, but neither compressed nor encrypted. */
  static Rehearsed plain(long records, OutputStream object) {
    return new Rehearsed(records, false, object);
  }

  boolean isRead() {
    return records > 0;
  }

  boolean isWrapped() {
    return wrapped;
  }

  long records() {
    return records;
  }

  void write(InputStream body) throws IOException {
    bytes = body.transferTo(object);
    object.flush();
  }

  /** How many bytes have been written. */
  long bytes() {
    return bytes;
  }

  /** What Domo tells of it; null where it does not. */
  DataSet dataSet() {
    return dataSet;
  }

  void setDataSet(DataSet dataSet) {
    this.dataSet = dataSet;
  }

  /** The run as it was when it ended; null where it failed before. */
  RunContext run() {
    return run;
  }

  /** Why the run would fail; null where it would not. */
  RunException failure() {
    return failure;
  }

  void end(RunContext run, Exception thrown) {
    this.run = run;
    this.failure = thrown == null ? null : RunException.in(thrown);
  }
}
