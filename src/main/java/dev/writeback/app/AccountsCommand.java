package dev.writeback.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.writeback.domo.DomoAccount;
import dev.writeback.job.CheckedJob;
import dev.writeback.job.JobParameters;
import dev.writeback.run.Checked;
import dev.writeback.run.EmptyValues;
import dev.writeback.run.EncryptionKey;
import dev.writeback.s3.AssumedRole;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "accounts",
    description = {
      "Lists the Domo accounts, AWS roles and keys of the files in routes/, and which jobs use"
          + " them.",
      "Secrets are not shown. Nobody is contacted: whether they work tells check."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  domo-s3-writeback accounts", "  domo-s3-writeback accounts --json"})
final class AccountsCommand implements Callable<Integer> {

  private static final Set<String> WITH_KEY_BEAN = Set.of("sse-c", "pgp");

  @Option(names = "--json", description = "One JSON object a line, with all that is wrong.")
  private boolean json;

  @Spec private CommandSpec command;

  private final Path folder;

  AccountsCommand() {
    this(CamelMain.HERE);
  }

  /**
   * @param folder that holds {@code routes/} and {@code application.properties}
   */
  AccountsCommand(Path folder) {
    this.folder = folder;
  }

  @Override
  public Integer call() {
    CheckedRoutes.read(folder, List.of(), bean -> false, this::print);
    return 0;
  }

  private void print(CamelContext context, CheckedRoutes checked) {
    Map<String, Set<String>> users = users(checked);
    PrintWriter out = command.commandLine().getOut();
    Listing listing = new Listing("name", "kind", "what", "used by", "wrong");
    for (Map.Entry<String, Checked> named : beans(context).entrySet()) {
      Checked bean = named.getValue();
      List<String> problems = EmptyValues.of(context).problems(bean);
      Set<String> usedBy = users.getOrDefault(named.getKey(), Set.of());
      if (json) {
        out.println(object(named.getKey(), bean, usedBy, problems));
      } else {
        listing.add(
            named.getKey(),
            kind(bean),
            text(bean),
            usedBy.isEmpty() ? "nobody" : String.join(", ", usedBy),
            String.join("; ", problems));
      }
    }
    if (!json) {
      listing.print(false, out);
    }
    out.flush();
    if (!checked.check().mistakes().isEmpty()) {
      command
          .commandLine()
          .getErr()
          .println("There are mistakes in the files, so that something may be missing: validate");
    }
  }

  private static Map<String, Checked> beans(CamelContext context) {
    Map<String, Checked> beans = new TreeMap<>();
    for (Class<? extends Checked> type :
        List.of(DomoAccount.class, AssumedRole.class, EncryptionKey.class)) {
      beans.putAll(context.getRegistry().findByTypeWithName(type));
    }
    return beans;
  }

  /** The jobs that name each bean. */
  private static Map<String, Set<String>> users(CheckedRoutes checked) {
    Map<String, Set<String>> users = new TreeMap<>();
    for (CheckedJob job : checked.check().jobs()) {
      for (JobParameters writeback : checked.parameters(job.id())) {
        add(users, writeback.get("account"), job);
        add(users, writeback.get("role"), job);
        if (WITH_KEY_BEAN.contains(writeback.values().getOrDefault("encryptionMethod", ""))) {
          add(users, writeback.get("encryptionKey"), job);
        }
      }
    }
    return users;
  }

  private static void add(Map<String, Set<String>> users, String bean, CheckedJob job) {
    if (bean != null) {
      users.computeIfAbsent(bean, name -> new TreeSet<>()).add(job.id());
    }
  }

  private static ObjectNode object(
      String name, Checked bean, Set<String> usedBy, List<String> problems) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("name", name).put("kind", kind(bean)).put("what", text(bean));
    usedBy.forEach(node.putArray("usedBy")::add);
    problems.forEach(node.putArray("wrong")::add);
    return node;
  }

  private static String kind(Checked bean) {
    if (bean instanceof DomoAccount) {
      return "Domo account";
    }
    return bean instanceof AssumedRole ? "AWS role" : "key";
  }

  private static String text(Checked bean) {
    return bean instanceof AssumedRole role
        ? role.getRoleArn()
            + ", bucket "
            + role.getBucket()
            + " in "
            + role.getRegion()
            + (role.getExternalId() == null ? ", no external id" : ", external id ***")
        : bean.toString();
  }
}
