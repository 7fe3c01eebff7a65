package dev.writeback.app;

import dev.writeback.domo.DataSet;
import dev.writeback.domo.DataSetList;
import dev.writeback.domo.DomoAccount;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "datasets",
    description = {
      "Searches the DataSets that a Domo account may see: their ids, names, owners, rows and last"
          + " updates.",
      "A job names one by its id or its exact name: inputDataset. The rows are those that Domo last"
          + " counted."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback datasets",
      "  domo-s3-writeback datasets north sales",
      "  domo-s3-writeback datasets --account acme --json"
    })
final class DataSetsCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "WORDS",
      arity = "0..*",
      description = "Words of the name, upper or lower case. By default all DataSets.")
  private List<String> words = List.of();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "A Domo account of routes/accounts.camel.yaml. By default the only one.")
  private String account;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    new Jobs().readBeans(this::print);
    return 0;
  }

  private void print(CamelContext context) {
    DomoAccount searched = NamedBean.sound(context, DomoAccount.class, "--account", account);
    List<DataSet> found = new DataSetList(context, searched).named(String.join(" ", words));
    Listing listing = new Listing("id", "name", "owner", "rows", "updated");
    for (DataSet one : found) {
      listing.add(one.id(), one.name(), one.owner(), one.rows(), one.updatedAt());
    }
    PrintWriter out = command.commandLine().getOut();
    if (found.isEmpty() && !json) {
      out.println("No DataSet that the account's user may see has these words in its name.");
      return;
    }
    listing.print(json, out);
  }
}
