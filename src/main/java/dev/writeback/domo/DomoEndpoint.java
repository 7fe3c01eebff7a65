package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.util.ArrayList;
import java.util.List;
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
 *   <li>{@code domo:dataset} - the body becomes a {@link DataSet}
 *   <li>{@code domo:query} - the body becomes {@link QueryRows}, read from the wire as they are
 *       asked for
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
      enums = "export,dataset,query",
      description =
          "What to do: export the DataSet's CSV as one live stream, get its metadata, or read the"
              + " rows of one SQL query.")
  @Metadata(required = true)
  private DomoOperation operation;

  @UriParam(description = "The name of the account: a bean of type dev.writeback.domo.DomoAccount.")
  @Metadata(required = true)
  private DomoAccount account;

  @UriParam(
      displayName = "DataSet",
      description =
          "The DataSet's id. Without it, the one of the run that the exchange carries"
              + " (dev.writeback.run.RunContext).")
  private String dataSet;

  @UriParam(
      enums = "strict,warn,off",
      defaultValue = "strict",
      description =
          "export only: whether the records read are shown to be all records of the DataSet. strict"
              + " asks Domo for metadata and a row count before and after (four small calls) and fails"
              + " the stream where that shows nothing or something else; warn logs it instead; off"
              + " asks nothing.")
  private Verify verify;

  @UriParam(
      enums = "AS_DOMO,APOSTROPHE,NONE",
      defaultValue = "AS_DOMO",
      description =
          "export only: whether Domo puts an apostrophe before each text that a spreadsheet would"
              + " take for a formula. AS_DOMO asks for neither; what Domo then does is not"
              + " documented.")
  private FormulaEscaping formulaEscaping;

  @UriParam(
      displayName = "SQL",
      description =
          "query only: the SQL; the table may have any name, as in SELECT id FROM table. Without it,"
              + " the message's body.")
  private String sql;

  public DomoEndpoint(String uri, DomoComponent component) {
    super(uri, component);
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    List<String> problems = new ArrayList<>(account.problems());
    if (verify != null && operation != DomoOperation.EXPORT) {
      problems.add("verify is for domo:export: remove it");
    }
    if (formulaEscaping != null && operation != DomoOperation.EXPORT) {
      problems.add("formulaEscaping is for domo:export: remove it");
    }
    if (sql != null && operation != DomoOperation.QUERY) {
      problems.add("sql is for domo:query: remove it");
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
    };
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("domo: reads when it is asked; it starts no route");
  }

  DomoClient client() throws Exception {
    return ((DomoComponent) getComponent()).client(account);
  }

  /** The id of the DataSet that this exchange is about. */
  String dataSetOf(Exchange exchange) {
    if (dataSet != null) {
      return dataSet;
    }
    RunContext run = RunContext.of(exchange);
    if (run == null || run.getDataSetId() == null) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          getEndpointUri() + ": the parameter dataSet is missing, and no run names a DataSet");
    }
    return run.getDataSetId();
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

  public String getSql() {
    return sql;
  }

  public void setSql(String sql) {
    this.sql = sql;
  }
}
