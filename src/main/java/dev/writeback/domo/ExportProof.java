package dev.writeback.domo;

import dev.writeback.run.Verify;
import java.time.Instant;
import java.util.Optional;

/**
 * Shows that the records of an export are all records of the DataSet, or says why that cannot be
 * shown.
 *
 * <p>It asks four questions, none of which reads data: the metadata and {@code COUNT(*)} before the
 * export, and both again after its last byte. The metadata encloses the rest, so that an unchanged
 * update time holds for the counts and the export in between. {@code COUNT(*)} is asked of the
 * query endpoint, which sees what this client may see, as the export does. Without an answer the
 * metadata's {@code rows} decides: equal proves; unequal proves nothing, since it lags after an
 * upload and counts rows that PDP hides.
 */
final class ExportProof extends Proof {

  private final Questions questions;
  private final Answer<DataSet> metadataBefore;
  private final Answer<Long> countBefore;

  /**
   * Asks what has to be asked before the export.
   *
   * @param told the metadata, where an earlier step has asked for it: the earlier, the longer is
   *     the time in which the DataSet must not have changed; null to ask
   */
  ExportProof(
      DomoClient client, String dataSet, Verify verify, Cancellation cancellation, DataSet told) {
    super(dataSet, verify);
    questions = new Questions(client, dataSet, cancellation);
    if (verify == Verify.OFF) {
      metadataBefore = Answer.none("not asked");
      countBefore = Answer.none("not asked");
    } else {
      // Refused credentials fail the run; they are not an answer that is missing.
      client.authenticate();
      metadataBefore = told == null ? questions.metadata() : Answer.of(told);
      countBefore = questions.count();
    }
  }

  /** The metadata from before the export, where it was asked for and answered. */
  Optional<DataSet> metadata() {
    return Optional.ofNullable(metadataBefore.value());
  }

  @Override
  Optional<String> doubt(RecordCounter read, boolean isFramed) {
    Answer<Long> countAfter = questions.count();
    Answer<DataSet> metadataAfter = questions.metadata();
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
        || differ(countBefore.value(), countAfter.value())) {
      return Optional.of("it changed while it was read. The next attempt reads it again");
    }
    Answer<Long> count = countAfter.or(countBefore);
    if (count.value() != null) {
      return count.value() == records
          ? Optional.empty()
          : Optional.of(records + " records were read, and COUNT(*) says " + count.value());
    }
    Answer<DataSet> metadata = metadataAfter.or(metadataBefore);
    Long rows = metadata.value() == null ? null : metadata.value().rows();
    if (rows != null && rows == records) {
      return Optional.empty();
    }
    return Optional.of(
        records
            + " records were read, and nothing shows that these are all. COUNT(*) gave no answer: "
            + count.whyNone()
            + ". The metadata says "
            + (metadata.value() == null ? "nothing: " + metadata.whyNone() : rows + " rows")
            + " (it lags after an upload, and counts rows that PDP hides)."
            + " With verify: warn it would have been taken as it is");
  }

  private static Instant updatedAt(Answer<DataSet> metadata) {
    return metadata.value() == null ? null : metadata.value().updatedAt();
  }

  private static boolean differ(Object before, Object after) {
    return before != null && after != null && !before.equals(after);
  }
}
