package dev.writeback.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What an object's user metadata tells of the run that wrote it, and by which names. */
public final class RunMetadata {

  /** The run's job. */
  public static final String JOB = "job";

  /** The run's id. */
  public static final String RUN_ID = "run-id";

  /** The moment that the run is for. */
  public static final String SLOT = "slot";

  private static final String DATASET_ID = "dataset-id";
  private static final String DATASET_UPDATED = "dataset-updated";

  /** All names that are the run's own, in lower case. */
  public static final Set<String> NAMES = Set.of(JOB, RUN_ID, SLOT, DATASET_ID, DATASET_UPDATED);

  private RunMetadata() {}

  static Map<String, String> of(RunContext run) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(JOB, MetadataText.of(run.getJob()));
    metadata.put(RUN_ID, run.getId());
    metadata.put(SLOT, run.getSlot().toString());
    metadata.put(DATASET_ID, run.getDataSetId());
    if (run.getDataSetUpdated() != null) {
      metadata.put(DATASET_UPDATED, run.getDataSetUpdated().toString());
    }
    return metadata;
  }

  /** When Domo had last updated the DataSet that an object holds, or null where it does not say. */
  static Instant dataSetUpdated(Map<String, String> metadata) {
    String updated = metadata.get(DATASET_UPDATED);
    return updated == null ? null : Instant.parse(updated);
  }
}
