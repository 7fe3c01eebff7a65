package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/faults.md} tells every fault as the tables in {@code spec/} have it, and that nothing
 * came of it. A change of the words is accepted by {@code -Dreadme.write}, as in {@link
 * dev.writeback.docs.ReadmeTest}; the numbers are those of the suites, see {@link FaultResults}.
 */
class FaultTableTest {

  @Test
  void tellsEveryFault() throws IOException {
    if (System.getProperty("readme.write") != null) {
      FaultTable.write(Map.of());
    }
    assertThat(FaultTable.page()).isEqualTo(FaultTable.page(FaultTable.told()));
  }

  @Test
  void tellsOfNothingButWholeObjects() throws IOException {
    Map<String, Tally> others = FaultTable.told();
    others.values().removeIf(rounds -> rounds.rounds() > 0 && rounds.isGood());
    assertThat(others).isEmpty();
  }

  /** By its name the page and the results know a fault. */
  @Test
  void namesEveryFaultOnce() {
    List<String> names =
        FaultTable.TABLES.stream().flatMap(Spec::cases).map(fault -> fault.text("case")).toList();
    assertThat(names).doesNotHaveDuplicates();
  }
}
