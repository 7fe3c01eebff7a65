package dev.writeback.ledger;

import java.time.Instant;
import java.util.UUID;
import org.apache.camel.util.InetAddressUtil;

/**
 * Who holds leases: one component of one process.
 *
 * @param process the machine, the process and its start: never the same for two processes
 * @param component tells the components of a process apart
 */
record Holder(String process, String component) {

  private static final String SEPARATOR = " ";

  /** A component of this process. */
  static Holder ofThisProcess() {
    ProcessHandle process = ProcessHandle.current();
    return new Holder(
        InetAddressUtil.getLocalHostNameSafe()
            + "/"
            + process.pid()
            + "/"
            + process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli(),
        UUID.randomUUID().toString());
  }

  static Holder of(String text) {
    int separator = text.lastIndexOf(SEPARATOR);
    return new Holder(text.substring(0, separator), text.substring(separator + 1));
  }

  @Override
  public String toString() {
    return process + SEPARATOR + component;
  }
}
