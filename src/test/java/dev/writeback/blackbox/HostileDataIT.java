package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.HostileText;
import dev.writeback.blackbox.Launcher.Ended;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the built program prints, with those texts of {@code spec/hostile-data.yaml} in one that a
 * line may not show as they are.
 */
class HostileDataIT {

  private static final String LINE = "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z (INFO|WARN|ERROR) +\\w+ - .*";

  @TempDir Path directory;

  @BeforeAll
  static void built() {
    Launcher.assertBuilt();
  }

  /** The lines of an output, each of which is one to every reader. */
  private static List<String> lines(Ended ended) {
    List<String> lines = List.of(ended.output().split("\n"));
    assertThat(lines).allSatisfy(HostileText::assertPlain);
    return lines;
  }

  @Test
  void eachEventIsALineAndEachRunARow() throws Exception {
    String all =
        HostileText.all()
            .filter(text -> !text.shown(text.text()).equals(text.text()))
            .map(HostileText::text)
            .collect(Collectors.joining(" "));
    try (Sandbox sandbox = Sandbox.start()) {
      String dataSet = sandbox.domo().table(all, "a\n1\n", "LONG");
      WorkFolder folder =
          WorkFolder.empty(directory)
              .job("named", Map.of("inputDataset", dataSet, "selectFilename", "datasetName"));
      Launcher launcher = Launcher.at(sandbox, folder);

      Ended done = launcher.run("run", "named");
      assertThat(done.exitCode()).as(done.output()).isZero();
      assertThat(lines(done)).hasSize(2).allMatch(line -> line.matches(LINE));

      sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500).saying(all));
      Ended failed = launcher.run("run", "named", "--at", "2026-03-29");
      assertThat(failed.exitCode()).as(failed.output()).isEqualTo(4);
      assertThat(lines(failed)).hasSize(3).allMatch(line -> line.matches(LINE));

      assertThat(lines(launcher.run("history"))).hasSize(3);
      assertThat(lines(launcher.run("history", "--json"))).hasSize(2);
    }
  }
}
