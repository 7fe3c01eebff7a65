package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.Verify;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Read DataSets of Domo: their CSV as one live stream, their metadata, the rows of a query.
 *
 * <ul>
 *   <li>{@code domo:export} - the body becomes an {@link java.io.InputStream} of the DataSet's CSV
 *       with its header, read from the wire as it is asked for; proved as {@code verify} says
 *   <li>{@code domo:dataset} - the body becomes a {@link DataSet}, or null where Domo gives a run
 *       its rows and not its metadata; the run's DataSet is found by its name
 *   <li>{@code domo:watermark} - the run learns the highest batch ({@code _BATCH_ID_}) that it may
 *       write; none, with a note, where the DataSet is to be written whole; or that there is
 *       nothing new, where the DataSet is empty. A watermark that the run has is kept
 *   <li>{@code domo:increment} - the body becomes an {@link java.io.InputStream} as of {@code
 *       domo:export}, with the rows of the run's watermark alone
 *   <li>{@code domo:query} - the body becomes {@link QueryRows}, read from the wire as they are
 *       asked for
 *   <li>{@code domo:list} - the body becomes a {@link List} of a {@link DataSet} each, in the order
 *       of their names: those that the account's user may see, with no schema
 * </ul>
 *
 * <p>Stream and rows live as long as the exchange. Where the exchange carries a {@link RunContext},
 * its counters and what it says of the DataSet are kept up to date.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "domo",
    title = "Domo",
    syntax = "domo:operation",
    producerOnly = true,
    category = {Category.API, Category.CLOUD})
public class DomoEndpoint extends DefaultEndpoint {

  @UriPath(
      enums = "export,dataset,watermark,increment,query,list",
      description =
          "What to do: export the DataSet's CSV as one live stream, get its metadata, find its"
              + " highest batch, export the batches of the run's watermark, read the rows of"
              + " one SQL query, or list the DataSets.")
  @Metadata(required = true)
  private DomoOperation operation;

  @UriParam(description = "The name of the account: a bean of type dev.writeback.domo.DomoAccount.")
  @Metadata(required = true)
  private DomoAccount account;

  @UriParam(
      displayName = "DataSet",
      description =
          "The DataSet's id; for dataset also its exact name or the address of its page in Domo."
              + " Without it, the one of the run that the exchange carries"
              + " (dev.writeback.run.RunContext).")
  private String dataSet;

  @UriParam(
      enums = "warn,require,off",
      defaultValue = "warn",
      description =
          "dataset only: what to do where the account's user is not shown to be the DataSet's owner:"
              + " say so, refuse to go on, or not to look.")
  private OwnerRule owner;

  @UriParam(
      displayName = "PDP",
      enums = "warn,refuse",
      defaultValue = "warn",
      description =
          "dataset only: what to do with a DataSet whose rows are protected (PDP): say so, or refuse"
              + " to go on.")
  private RowProtection pdp;

  @UriParam(
      enums = "strict,warn,off",
      defaultValue = "strict",
      description =
          "export, watermark, increment: whether the records read are shown to be all that were asked for. strict"
              + " asks Domo for a row count, export also for metadata, before and after, and fails"
              + " the stream where that shows nothing or something else; warn logs it instead; off"
              + " asks nothing.")
  private Verify verify;

  @UriParam(
      enums = "asDomo,apostrophe,none",
      defaultValue = "asDomo",
      description =
          "export and increment: whether Domo puts an apostrophe before each text that a spreadsheet would"
              + " take for a formula. asDomo asks for neither; what Domo then does is not"
              + " documented. An increment cannot have apostrophe: queries answer without.")
  private FormulaEscaping formulaEscaping;

  @UriParam(
      displayName = "SQL",
      description =
          "query only: the SQL; the table may have any name, as in SELECT id FROM table. Without it,"
              + " the message's body.")
  private String sql;

  @UriParam(
      description =
          "list only: words that all stand in a DataSet's name, whatever their case, with a space"
              + " between them. Without them, all DataSets that the account's user may see.")
  private String words;

  @UriParam(
      label = "advanced",
      defaultValue = "100000",
      description =
          "increment only: how many rows one query is to answer at most, 1 to 999999. A batch with more is"
              + " still read by one query, below Domo's limit of 1,000,000 rows.")
  private int rowsPerPage = 100_000;

  public DomoEndpoint(String uri, DomoComponent component) {
    super(uri, component);
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    List<String> problems = new ArrayList<>(account.problems());
    if (verify != null
        && operation != DomoOperation.EXPORT
        && operation != DomoOperation.WATERMARK
        && operation != DomoOperation.INCREMENT) {
      problems.add("verify is for domo:export, domo:watermark and domo:increment: remove it");
    }
    if (rowsPerPage < 1 || rowsPerPage >= DomoClient.MOST_QUERY_ROWS) {
      problems.add(
          "rowsPerPage is "
              + rowsPerPage
              + ": it has to be 1 to "
              + (DomoClient.MOST_QUERY_ROWS - 1)
              + ", since Domo answers at most "
              + DomoClient.MOST_QUERY_ROWS
              + " rows without saying that there are more");
    }
    if (formulaEscaping != null
        && operation != DomoOperation.EXPORT
        && operation != DomoOperation.INCREMENT) {
      problems.add("formulaEscaping is for domo:export and domo:increment: remove it");
    }
    if (sql != null && operation != DomoOperation.QUERY) {
      problems.add("sql is for domo:query: remove it");
    }
    if (words != null && operation != DomoOperation.LIST) {
      problems.add("words is for domo:list: remove it");
    }
    if (dataSet != null && operation == DomoOperation.LIST) {
      problems.add("dataSet is not for domo:list: remove it");
    }
    if (owner != null && operation != DomoOperation.DATASET) {
      problems.add("owner is for domo:dataset: remove it");
    }
    if (pdp != null && operation != DomoOperation.DATASET) {
      problems.add("pdp is for domo:dataset: remove it");
    }
    if (!problems.isEmpty()) {
      throw new RunException(
          Outcome.CONFIGURATION, false, getEndpointUri() + ": " + String.join("; ", problems));
    }
  }

  @Override
  public Producer createProducer() {
    return switch (operation) {
      case EXPORT -> new ExportProducer(this);
      case DATASET -> new DataSetProducer(this);
      case QUERY -> new QueryProducer(this);
      case WATERMARK -> new WatermarkProducer(this);
      case INCREMENT -> new IncrementProducer(this);
      case LIST -> new ListProducer(this);
    };
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("domo: reads when it is asked; it starts no route");
  }

  DomoClient client() throws Exception {
    return ((DomoComponent) getComponent()).client(account);
  }

  ExecutorService pageThreads() {
    return ((DomoComponent) getComponent()).pageThreads();
  }

  Verify verifyOrStrict() {
    return verify == null ? Verify.STRICT : verify;
  }

  FormulaEscaping formulaEscapingOrAsDomo() {
    return formulaEscaping == null ? FormulaEscaping.AS_DOMO : formulaEscaping;
  }

  /** The id of the DataSet that this exchange is about. */
  String dataSetOf(Exchange exchange) {
    if (dataSet != null) {
      return dataSet;
    }
    RunContext run = RunContext.of(exchange);
    return run == null || run.getDataSetId() == null ? mandatoryDataSet() : run.getDataSetId();
  }

  /** The DataSet as the parameter names it. */
  String mandatoryDataSet() {
    if (dataSet == null) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          getEndpointUri() + ": the parameter dataSet is missing, and no run names a DataSet");
    }
    return dataSet;
  }

  public DomoOperation getOperation() {
    return operation;
  }

  public void setOperation(DomoOperation operation) {
    this.operation = operation;
  }

  public DomoAccount getAccount() {
    return account;
  }

  public void setAccount(DomoAccount account) {
    this.account = account;
  }

  public String getDataSet() {
    return dataSet;
  }

  public void setDataSet(String dataSet) {
    this.dataSet = dataSet;
  }

  DataSetRules rules() {
    return new DataSetRules(
        owner == null ? OwnerRule.WARN : owner, pdp == null ? RowProtection.WARN : pdp);
  }

  public OwnerRule getOwner() {
    return owner;
  }

  public void setOwner(OwnerRule owner) {
    this.owner = owner;
  }

  public RowProtection getPdp() {
    return pdp;
  }

  public void setPdp(RowProtection pdp) {
    this.pdp = pdp;
  }

  public Verify getVerify() {
    return verify;
  }

  public void setVerify(Verify verify) {
    this.verify = verify;
  }

  public FormulaEscaping getFormulaEscaping() {
    return formulaEscaping;
  }

  public void setFormulaEscaping(FormulaEscaping formulaEscaping) {
    this.formulaEscaping = formulaEscaping;
  }

  public int getRowsPerPage() {
    return rowsPerPage;
  }

  public void setRowsPerPage(int rowsPerPage) {
    this.rowsPerPage = rowsPerPage;
  }

  public String getSql() {
    return sql;
  }

  public void setSql(String sql) {
    this.sql = sql;
  }

  public String getWords() {
    return words;
  }

  public void setWords(String words) {
    this.words = words;
  }
}
