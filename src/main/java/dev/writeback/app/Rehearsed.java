package dev.writeback.app;

import dev.writeback.domo.DataSet;
import dev.writeback.domo.FirstRecords;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;

/** One rehearsal of one writeback: how much of it is done, and what has come of it. */
final class Rehearsed {

  private static final String PROPERTY = "writebackRehearsed";

  private final long most;
  private final OutputStream object;
  private final Fixture fixture;
  private FirstRecords records;
  private DataSet dataSet;
  private RunContext run;
  private RunException failure;
  private long bytes;

  /**
   * @param most how many records are read
   * @param object where the object's bytes go
   */
  Rehearsed(long most, OutputStream object) {
    this(most, object, null);
  }

  private Rehearsed(long most, OutputStream object, Fixture fixture) {
    this.most = most;
    this.object = object;
    this.fixture = fixture;
  }

  /** Domo is not asked: all is read from files. */
  static Rehearsed offline(Fixture fixture, OutputStream object) {
    return new Rehearsed(Long.MAX_VALUE, object, fixture);
  }

  /** The one of this exchange. */
  static Rehearsed of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, Rehearsed.class);
  }

  void begin(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  /** Null where Domo is asked. */
  Fixture fixture() {
    return fixture;
  }

  InputStream firstOf(InputStream export) {
    records = new FirstRecords(export, most);
    return records;
  }

  void write(InputStream body) throws IOException {
    bytes = body.transferTo(object);
    object.flush();
  }

  /** How many bytes the object has, with the records that were read. */
  long bytes() {
    return bytes;
  }

  /** The records that were read; null where the run has come to none. */
  FirstRecords records() {
    return records;
  }

  /** What Domo tells of it; null where it does not. */
  DataSet dataSet() {
    return dataSet;
  }

  void setDataSet(DataSet dataSet) {
    this.dataSet = dataSet;
  }

  /** The run as it was when it ended; null where it failed before it began. */
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
