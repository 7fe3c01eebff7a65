package dev.writeback.domo;

import dev.writeback.run.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows that the records of an export are all records of the DataSet, or says why that cannot be
 * shown.
 *
 * <p>It asks four questions, none of which reads data: the metadata and {@code COUNT(*)} before the
 * export, and both again after its last byte. The metadata encloses the rest, so that an unchanged
 * update time holds for the counts and the export in between. {@code COUNT(*)} is asked of the
 * query endpoint, which sees what this client may see, as the export does; an answer from Domo's
 * cache, a refusal, a time-out and exactly 1,000,000 (the endpoint's limit) are no answer. Without
 * it the metadata's {@code rows} decides: equal proves; unequal proves nothing, since it lags after
 * an upload and counts rows that PDP hides.
 */
final class ExportProof {

  private static final Logger LOG = LoggerFactory.getLogger(ExportProof.class);

  private final DomoClient client;
  private final String dataSet;
  private final Verify verify;
  private final Cancellation cancellation;
  private final Answer<DataSet> metadataBefore;
  private final Answer<Long> countBefore;

  /** What Domo answered, or why it is none. */
  private record Answer<T>(T value, String whyNone) {

    /** This one, or the other where this is none. */
    Answer<T> or(Answer<T> other) {
      return value == null && other.value != null ? other : this;
    }
  }

  /**
   * Asks what has to be asked before the export.
   *
   * @param told the metadata, where an earlier step has asked for it: the earlier, the longer is
   *     the time in which the DataSet must not have changed; null to ask
   */
  ExportProof(
      DomoClient client, String dataSet, Verify verify, Cancellation cancellation, DataSet told) {
    this.client = client;
    this.dataSet = dataSet;
    this.verify = verify;
    this.cancellation = cancellation;
    if (verify == Verify.OFF) {
      metadataBefore = new Answer<>(null, "not asked");
      countBefore = new Answer<>(null, "not asked");
    } else {
      // Refused credentials fail the run; they are not an answer that is missing.
      client.authenticate();
      metadataBefore = told == null ? askMetadata() : new Answer<>(told, null);
      countBefore = askCount();
    }
  }

  /** The metadata from before the export, where it was asked for and answered. */
  Optional<DataSet> metadata() {
    return Optional.ofNullable(metadataBefore.value);
  }

  /**
   * The body is at its end: asks again, and compares.
   *
   * @param isFramed whether the body said itself where it ends
   * @throws DomoException under strict, if these are not shown to be all records
   */
  void complete(RecordCounter read, boolean isFramed) {
    if (verify == Verify.OFF) {
      return;
    }
    Answer<Long> countAfter = askCount();
    Answer<DataSet> metadataAfter = askMetadata();
    doubt(read, isFramed, countAfter, metadataAfter)
        .ifPresent(
            doubt -> {
              String message = "DataSet " + dataSet + ": " + doubt;
              if (verify == Verify.STRICT) {
                throw new DomoException(Outcome.NOT_PROVED, true, message, null);
              }
              LOG.warn("{}. It goes on, since verify is warn", message);
            });
  }

  private Optional<String> doubt(
      RecordCounter read,
      boolean isFramed,
      Answer<Long> countAfter,
      Answer<DataSet> metadataAfter) {
    long records = read.records();
    if (read.bytes() == 0) {
      return Optional.of("Domo sent an empty body, without the header that was asked for");
    }
    if (!isFramed && !read.isAtLineEnd()) {
      return Optional.of(
          "the last line has no end, and the reply neither told its length nor came in chunks,"
              + " so that it may have been cut off");
    }
    if (differ(updatedAt(metadataBefore), updatedAt(metadataAfter))
        || differ(countBefore.value, countAfter.value)) {
      return Optional.of("it changed while it was read. The next attempt reads it again");
    }
    Answer<Long> count = countAfter.or(countBefore);
    if (count.value != null) {
      return count.value == records
          ? Optional.empty()
          : Optional.of(records + " records were read, and COUNT(*) says " + count.value);
    }
    Answer<DataSet> metadata = metadataAfter.or(metadataBefore);
    Long rows = metadata.value == null ? null : metadata.value.rows();
    if (rows != null && rows == records) {
      return Optional.empty();
    }
    return Optional.of(
        records
            + " records were read, and nothing shows that these are all. COUNT(*) gave no answer: "
            + count.whyNone
            + ". The metadata says "
            + (metadata.value == null ? "nothing: " + metadata.whyNone : rows + " rows")
            + " (it lags after an upload, and counts rows that PDP hides)."
            + " With verify: warn it would have been taken as it is");
  }

  private static Instant updatedAt(Answer<DataSet> metadata) {
    return metadata.value == null ? null : metadata.value.updatedAt();
  }

  private static boolean differ(Object before, Object after) {
    return before != null && after != null && !before.equals(after);
  }

  private Answer<DataSet> askMetadata() {
    return answer(() -> new Answer<>(client.dataSet(dataSet, cancellation), null));
  }

  private Answer<Long> askCount() {
    return answer(
        () -> {
          try (QueryRows rows = client.query(dataSet, countSql(), cancellation)) {
            return count(rows);
          }
        });
  }

  /** The name differs each time, so that Domo has no reason to answer from its cache. */
  private static String countSql() {
    return "SELECT COUNT(*) AS records_"
        + Long.toHexString(ThreadLocalRandom.current().nextLong())
        + " FROM table";
  }

  private static Answer<Long> count(QueryRows rows) {
    List<Object> row = rows.hasNext() ? rows.next() : List.of();
    if (row.size() != 1 || rows.hasNext()) {
      return new Answer<>(null, "not one row of one number");
    }
    if (rows.fromCache().orElse(false)) {
      return new Answer<>(null, "Domo answered from its cache");
    }
    try {
      long count = new BigDecimal(String.valueOf(row.get(0))).longValueExact();
      return count == DomoClient.MOST_QUERY_ROWS
          ? new Answer<>(null, count + " is the query endpoint's own limit")
          : new Answer<>(count, null);
    } catch (NumberFormatException e) {
      return new Answer<>(null, "'" + row.get(0) + "' is no number");
    } catch (ArithmeticException e) {
      return new Answer<>(null, row.get(0) + " is no whole number");
    }
  }

  /** A question that Domo does not answer leaves a doubt; it does not fail the run by itself. */
  private <T> Answer<T> answer(Supplier<Answer<T>> question) {
    try {
      return question.get();
    } catch (DomoException e) {
      if (cancellation.isCancelled()) {
        throw e;
      }
      LOG.debug("DataSet {}: no answer", dataSet, e);
      return new Answer<>(null, e.getMessage());
    }
  }
}
