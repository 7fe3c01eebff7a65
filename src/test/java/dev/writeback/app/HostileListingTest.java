package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writeback.HostileText;
import dev.writeback.ledger.DataSetState;
import dev.writeback.ledger.ObjectRecord;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.s3.ExistingObject;
import dev.writeback.sandbox.Sandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What commands list stays in its row, whatever the texts of {@code spec/hostile-data.yaml}. */
class HostileListingTest {

  /** As many as it has values. */
  private static final int LINES_OF_A_PLAN = 15;

  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");

  private static RunRecord run(HostileText text) {
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
        new DataSetState("x", "x", text.text(), null, false),
        new ObjectRecord(
            "landing", text.text(), "file", "text/csv", 1, 1, "e", text.text(), Map.of()),
        null,
        null,
        Set.of(),
        Outcome.DOMO,
        text.text(),
        List.of(text.text()));
  }

  /** By every line end that any reader knows. */
  private static List<String> lines(String output) {
    assertThat(output).endsWith("\n");
    List<String> lines = List.of(output.split("\n", -1));
    lines.forEach(HostileText::assertPlain);
    return lines.subList(0, lines.size() - 1);
  }

  private static List<String> history(boolean json) {
    StringWriter out = new StringWriter();
    HistoryPrinter.of(json, OptionalInt.of(1_000))
        .print(HostileText.all().map(HostileListingTest::run).toList(), new PrintWriter(out));
    return lines(out.toString());
  }

  @Test
  void aRunIsARowOfTheHistory() {
    List<HostileText> texts = HostileText.all().toList();
    List<String> rows = history(false);

    assertThat(rows).hasSize(texts.size() + 1);
    for (int i = 0; i < texts.size(); i++) {
      String shown = texts.get(i).shown(texts.get(i).text()).stripTrailing();
      assertThat(rows.get(i + 1)).contains("s3://landing/" + shown).endsWith(shown);
    }
  }

  @Test
  void aRunIsALineOfJsonWithTheTextAsItIs() throws Exception {
    List<HostileText> texts = HostileText.all().toList();
    List<String> rows = history(true);

    assertThat(rows).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      var run = new ObjectMapper().readTree(rows.get(i));
      for (String name : List.of("dataSetName", "key", "versionId", "error")) {
        assertThat(run.get(name).textValue()).as(name).isEqualTo(texts.get(i).text());
      }
      assertThat(run.at("/notes/0").textValue()).isEqualTo(texts.get(i).text());
    }
  }

  @Test
  void aDataSetIsARow() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        CommandLineRun program = new CommandLineRun(sandbox)) {
      List<HostileText> texts = HostileText.all().toList();
      texts.forEach(text -> sandbox.domo().table("named " + text.text(), "a\n1\n", "LONG"));

      assertThat(program.execute("datasets", "named")).as(program.err()).isZero();
      List<String> rows = lines(program.out());
      assertThat(rows).hasSize(texts.size() + 1);
      for (HostileText text : texts) {
        String shown = "named " + text.shown(text.text()).stripTrailing();
        assertThat(rows).anySatisfy(row -> assertThat(row).contains(shown));
      }

      assertThat(program.execute("datasets", "named", "--json")).isZero();
      List<String> names = new ArrayList<>();
      for (String row : lines(program.out())) {
        names.add(new ObjectMapper().readTree(row).get("name").textValue());
      }
      assertThat(names)
          .containsExactlyInAnyOrderElementsOf(
              texts.stream().map(text -> "named " + text.text()).toList());
    }
  }

  /** Every text of it is one that others have written. */
  private static Plan plan(HostileText hostile) {
    String text = hostile.text();
    RunContext run = new RunContext("job", SLOT, ZoneOffset.UTC);
    run.setDataSetId(text);
    run.setDataSetName(text);
    run.setBucket("landing");
    run.setKey(text);
    run.notes().add(text);
    run.done();
    return new Plan(
        "job",
        Map.of("format", "csv", "compression", "none", "encryptionMethod", "none"),
        run,
        1L,
        1,
        1L,
        true,
        new ExistingObject(ExistingObject.State.THERE, text, text, SLOT, 1L, null),
        List.of(text),
        text,
        new RunException(Outcome.DOMO, false, text));
  }

  private static List<String> plans(BiConsumer<PlanPrinter, List<Plan>> print) {
    StringWriter out = new StringWriter();
    print.accept(
        new PlanPrinter(new PrintWriter(out)),
        HostileText.all().map(HostileListingTest::plan).toList());
    return lines(out.toString());
  }

  @Test
  void aPlanIsARowAndEachThingThatIsKnownOfItALine() {
    List<HostileText> texts = HostileText.all().toList();
    List<String> rows = plans(PlanPrinter::list);
    List<String> shown = plans((printer, plans) -> plans.forEach(printer::show));

    assertThat(rows).hasSize(texts.size() + 1);
    assertThat(shown).filteredOn(line -> line.startsWith("job ")).hasSameSizeAs(texts);
    assertThat(shown).hasSize(texts.size() * LINES_OF_A_PLAN);
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i).shown(texts.get(i).text());
      assertThat(rows.get(i + 1)).contains("s3://landing/" + text);
      assertThat(shown).anyMatch(line -> line.endsWith("s3://landing/" + text));
    }
  }

  @Test
  void aPlanIsALineOfJsonWithTheTextAsItIs() throws Exception {
    List<HostileText> texts = HostileText.all().toList();
    List<String> rows = plans((printer, plans) -> plans.forEach(printer::json));

    assertThat(rows).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      var plan = new ObjectMapper().readTree(rows.get(i));
      for (String at : List.of("/dataSetName", "/key", "/notes/0", "/existing/eTag", "/unread")) {
        assertThat(plan.at(at).textValue()).as(at).isEqualTo(texts.get(i).text());
      }
    }
  }
}
