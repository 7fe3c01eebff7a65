package dev.writeback.domo;

import dev.writeback.run.CheckResult;
import dev.writeback.run.Checklist;
import dev.writeback.run.InputDataset;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.run.Verify;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.TypeConverter;

/**
 * Looks whether a job's DataSet can be read, and what is known of it. Of its rows none are read but
 * those that come with the export's first bytes. For one thread.
 */
final class DataSetCheck {

  /** In the order in which they are done. */
  static final String[] STEPS = {"DataSet", "DataSet rows", "DataSet export"};

  private final DomoClient client;
  private final String input;
  private final DataSetRules rules;
  private final Verify verify;
  private final FormulaEscaping formulas;
  private final boolean onlyNewData;
  private String id;
  private DataSet metadata;

  /**
   * @param parameters of the job's Kamelet, defaults included
   */
  DataSetCheck(DomoClient client, Map<String, String> parameters, TypeConverter converter) {
    this.client = client;
    this.input = parameters.get("inputDataset");
    this.rules =
        new DataSetRules(
            converter.convertTo(OwnerRule.class, parameters.get("owner")),
            converter.convertTo(RowProtection.class, parameters.get("pdp")));
    this.verify = converter.convertTo(Verify.class, parameters.get("verify"));
    this.formulas = converter.convertTo(FormulaEscaping.class, parameters.get("formulaEscaping"));
    this.onlyNewData = Boolean.parseBoolean(parameters.get("onlyNewData"));
  }

  void tell(Checklist steps) {
    steps.step(STEPS[0], this::find);
    if (id == null) {
      steps.skip("needs the DataSet", STEPS[1], STEPS[2]);
      return;
    }
    steps.step(STEPS[1], this::rows);
    steps.step(STEPS[2], this::export);
  }

  private CheckResult find() {
    InputDataset named = InputDataset.of(input);
    id = named.id() == null ? new DataSetSearch(client).idOf(named.name()) : named.id();
    List<String> notes;
    try {
      metadata = client.dataSet(id, new Cancellation());
      notes = rules.notes(metadata, client.userId());
    } catch (DomoException e) {
      if (e.isRetryable() || !DataSetProducer.REFUSALS.contains(e.status())) {
        throw e;
      }
      return CheckResult.warn(id, String.join("; ", rules.notesWithout(e)));
    }
    return notes.isEmpty()
        ? CheckResult.ok(inWords())
        : CheckResult.warn(inWords(), String.join("; ", notes));
  }

  private String inWords() {
    return "'"
        + metadata.name()
        + "' ("
        + id
        + "), owner "
        + Objects.toString(metadata.owner(), "not told")
        + ", "
        + metadata.schema().size()
        + " columns, updated "
        + (metadata.updatedAt() == null
            ? "at a time that Domo does not tell"
            : metadata.updatedAt().truncatedTo(ChronoUnit.SECONDS))
        + (metadata.pdpEnabled() ? ", rows protected (PDP)" : "");
  }

  private CheckResult rows() {
    Answer<Long> count = new Questions(client, id, new Cancellation()).count();
    Long told = metadata == null ? null : metadata.rows();
    String found =
        (count.value() == null ? "no COUNT(*)" : count.value() + " by COUNT(*)")
            + ", "
            + (told == null ? "none told" : told)
            + " by the metadata";
    if (count.value() == null) {
      return CheckResult.warn(
          found + ": " + count.whyNone(),
          "a run asks again"
              + (verify == Verify.STRICT
                  ? "; where only the metadata tells, its rows have to be those that arrive (verify:"
                      + " strict)"
                  : ""));
    }
    return told == null || told.equals(count.value())
        ? CheckResult.ok(found)
        : CheckResult.warn(
            found,
            "the metadata lag after an upload, and count rows that PDP hides from this client: what"
                + " counts for a run is COUNT(*)");
  }

  private CheckResult export() {
    try (ExportStream body =
        client.export(id, formulas, new Cancellation(), Proof.none(id), null)) {
      CsvRecords records = new CsvRecords(body);
      if (!records.next()) {
        throw new DomoException(
            Outcome.DOMO,
            true,
            "the export of DataSet " + id + " is empty, without a header",
            null);
      }
      List<String> columns = records.texts();
      String found = "begins, " + columns.size() + " columns";
      return onlyNewData && !columns.contains(Batches.COLUMN)
          ? CheckResult.warn(
              found + ", none is " + Batches.COLUMN,
              "onlyNewData finds nothing new without that column: each run writes all rows")
          : CheckResult.ok(found);
    } catch (IOException e) {
      throw RunException.in(e);
    }
  }
}
