package dev.writeback.domo;

import dev.writeback.run.Verify;
import dev.writeback.run.Watermark;
import java.util.Optional;

/**
 * Shows that the records of an increment are all records of its batches: as many as {@code
 * COUNT(*)} of the range says before and after. When the DataSet was updated does not matter: the
 * range ends at a batch that was there before the first question, and what an update appends lies
 * above it. Rows that an update takes away or puts into an old batch change the count.
 */
final class IncrementProof extends Proof {

  private final Questions questions;
  private final Watermark range;
  private final Answer<Long> countBefore;
  private final Answer<Long> planned;

  /**
   * Asks what has to be asked before.
   *
   * @param planned the rows of the range by {@code GROUP BY}, which will do where {@code COUNT(*)}
   *     has no answer
   */
  IncrementProof(
      Questions questions, String dataSet, Watermark range, Verify verify, Answer<Long> planned) {
    super(dataSet, verify);
    this.questions = questions;
    this.range = range;
    this.planned = planned;
    this.countBefore = verify == Verify.OFF ? Answer.none("not asked") : questions.count(range);
  }

  @Override
  Optional<String> doubt(RecordCounter read, boolean isFramed) {
    Answer<Long> countAfter = questions.count(range);
    if (countBefore.value() != null
        && countAfter.value() != null
        && !countBefore.value().equals(countAfter.value())) {
      return Optional.of(
          "its batches "
              + range.inWords()
              + " changed while they were read. The next attempt reads them"
              + " again");
    }
    Answer<Long> count = countAfter.or(countBefore).or(planned);
    if (count.value() == null) {
      return Optional.of(
          read.records()
              + " records were read of the batches "
              + range.inWords()
              + ", and nothing shows that these are all. COUNT(*) gave no answer: "
              + count.whyNone()
              + ". With verify: warn it would have been taken as it is");
    }
    return count.value() == read.records()
        ? Optional.empty()
        : Optional.of(
            read.records()
                + " records were read of the batches "
                + range.inWords()
                + ", and COUNT(*) says "
                + count.value());
  }
}
