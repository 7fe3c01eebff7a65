package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.ledger.DataSetState;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryTableTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");
  private static final String ERROR =
      "export of DataSet x: Domo answered 500" + " and so on".repeat(40);

  private static RunRecord failed(String error) {
    return new RunRecord(
        "id",
        "job",
        SLOT,
        true,
        false,
        ZoneOffset.UTC,
        1,
        SLOT,
        SLOT.plusSeconds(2),
        new DataSetState("x", "x", null, null, false),
        null,
        null,
        null,
        Set.of(),
        Outcome.DOMO,
        error,
        List.of());
  }

  private static List<String> lines(OptionalInt terminal, boolean json) {
    StringWriter out = new StringWriter();
    HistoryPrinter.of(json, terminal).print(List.of(failed(ERROR)), new PrintWriter(out));
    return out.toString().lines().toList();
  }

  @Test
  void anErrorIsCutWhereTheTerminalEnds() {
    List<String> lines = lines(OptionalInt.of(150), false);

    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).hasSize(150).contains("Domo answered 500").endsWith("…");
  }

  @Test
  void anErrorIsCutAfter80CharactersInAPipe() {
    String line = lines(OptionalInt.empty(), false).get(1);

    assertThat(line.substring(line.indexOf("export of"))).hasSize(80).endsWith("…");
  }

  @Test
  void anErrorHasSomeRoomInANarrowTerminal() {
    assertThat(lines(OptionalInt.of(10), false).get(1)).contains("export of DataSet x…");
  }

  @Test
  void jsonHasTheErrorWhole() {
    assertThat(lines(OptionalInt.empty(), true)).singleElement().asString().contains(ERROR);
  }

  @Test
  void timesHaveTheirSeconds() {
    assertThat(lines(OptionalInt.empty(), false).get(1)).contains("2026-03-29T06:00:00Z");
  }
}
