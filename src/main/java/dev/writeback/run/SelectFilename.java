package dev.writeback.run;

/** Domo's menu "Select Filename". */
public enum SelectFilename {
  /** "Enter File Name": the job's {@code fileName}. */
  ENTER,
  /** "Use Input DataSet ID". */
  DATASET_ID,
  /** "Use Input DataSet Name". */
  DATASET_NAME
}
