package dev.writeback.app;

import dev.writeback.domo.ToldDataSet;
import dev.writeback.run.RunContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What stands in for Domo in the test of a job.
 *
 * @param csv what Domo would export
 * @param metadata what Domo's DataSet API would tell, as JSON; a file that need not be there
 */
record Fixture(Path csv, Path metadata) {

  private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

  /** What {@code domo:dataset} would. */
  void tell(RunContext run) throws IOException {
    if (run.getDataSetId() == null) {
      run.setDataSetId(NO_ID);
    }
    run.setDataSetName(run.getInputDataset());
    if (Files.exists(metadata)) {
      ToldDataSet.read(run, Files.readAllBytes(metadata));
    }
  }

  InputStream export() throws IOException {
    return Files.newInputStream(csv);
  }
}
