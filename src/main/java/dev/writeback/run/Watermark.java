package dev.writeback.run;

/**
 * A range of {@code _BATCH_ID_}, Domo's number of the execution that brought a row.
 *
 * @param above the highest batch that the job's last complete object holds; null where there is
 *     none, so that every batch is new
 * @param upTo the highest batch that belongs to this run, fixed before its first byte; rows of
 *     later batches are the next run's
 */
public record Watermark(Long above, long upTo) {

  /** As in {@code above 3 up to 5}. */
  public String inWords() {
    return (above == null ? "" : "above " + above + " ") + "up to " + upTo;
  }

  /** Whether no batch lies in the range. */
  public boolean isEmpty() {
    return above != null && above >= upTo;
  }
}
