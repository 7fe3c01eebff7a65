package dev.writeback.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.writeback.job.JobParameters;
import dev.writeback.run.ObjectNaming;
import dev.writeback.s3.AssumedRole;
import dev.writeback.s3.DomoEnvironment;
import dev.writeback.s3.RolePolicies;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "policy",
    description = {
      "Prints what a job's AWS role needs: the trust policy that lets this process assume it, and the"
          + " permission policy that lets it write the job's objects and nothing else.",
      "Nobody is contacted but the STS, to ask who this process is; with --principal nobody at all."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback policy sales-daily",
      "  domo-s3-writeback policy sales-daily --domo us",
      "  domo-s3-writeback policy sales-daily --only permissions"
    })
final class PolicyCommand implements Callable<Integer> {

  private static final String UNKNOWN_PRINCIPAL = "THE-ARN-OF-WHO-RUNS-DOMO-S3-WRITEBACK";

  /** What a caller may want alone, to hand it to another tool. */
  enum Document {
    TRUST,
    PERMISSIONS
  }

  @Parameters(paramLabel = "JOB", description = "The id of the job's route.")
  private String job;

  @Option(
      names = "--principal",
      paramLabel = "ARN",
      description = "Who runs the jobs. By default who runs this command, as the STS knows it.")
  private String principal;

  @Option(
      names = "--domo",
      paramLabel = "ENVIRONMENT",
      description =
          "Keep Domo's own access until the switch is done: ${COMPLETION-CANDIDATES}, where your"
              + " Domo runs.")
  private DomoEnvironment domo;

  @Option(names = "--browse", description = "Let the role list the bucket's folders, too.")
  private boolean browse;

  @Option(
      names = "--uploads",
      description = "Let the role list the uploads that others have left open, too.")
  private boolean uploads;

  @Option(
      names = "--only",
      paramLabel = "DOCUMENT",
      description = "Print one document alone: ${COMPLETION-CANDIDATES}.")
  private Document only;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    new Jobs().read(job, this::print);
    return 0;
  }

  private void print(CamelContext context, List<JobParameters> steps) {
    PrintWriter out = command.commandLine().getOut();
    for (JobParameters parameters : steps) {
      out.println(policies(context, parameters));
    }
    out.flush();
  }

  private String policies(CamelContext context, JobParameters parameters) {
    AssumedRole role =
        context.getRegistry().lookupByNameAndType(parameters.get("role"), AssumedRole.class);
    RolePolicies policies = new RolePolicies(role);
    ObjectMapper json = new ObjectMapper();
    ObjectNode documents = json.createObjectNode();
    try {
      if (only != Document.PERMISSIONS) {
        documents.set("trust", json.readTree(policies.trust(principal(policies, role), domo)));
      }
      if (only != Document.TRUST) {
        String key = parameters.keyOfAnyRun(context.getTypeConverter());
        List<String> pieces = RolePolicies.pieces(key, ObjectNaming.ANY);
        explainPermissions(role, parameters);
        documents.set(
            "permissions",
            json.readTree(policies.permissions(context, parameters.values(), pieces, more())));
      }
      return json.writerWithDefaultPrettyPrinter()
          .writeValueAsString(only == null ? documents : documents.elements().next());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Set<RolePolicies.Use> more() {
    Set<RolePolicies.Use> more = EnumSet.noneOf(RolePolicies.Use.class);
    if (browse) {
      more.add(RolePolicies.Use.BROWSE);
    }
    if (uploads) {
      more.add(RolePolicies.Use.UPLOADS);
    }
    return more;
  }

  private String principal(RolePolicies policies, AssumedRole role) {
    explain("trust: add this statement to the trust policy of " + role.getRoleArn() + ".");
    if (role.getExternalId() == null) {
      explain(
          "  The role has no externalId: whoever the principal acts for can use it. Set one on the"
              + " role's bean.");
    }
    if (domo != null) {
      explain("  Take Domo's statement away when no writeback of Domo uses the role any more.");
    }
    if (principal != null) {
      return principal;
    }
    return policies
        .caller()
        .map(
            caller -> {
              explain(
                  "  This process is " + caller + ". Where the jobs run as another: --principal.");
              if (caller.contains(":role/")) {
                explain("  If that role has a path, write it in: AWS does not tell it.");
              }
              return caller;
            })
        .orElseGet(
            () -> {
              explain("  Who this process is, the STS did not tell: set --principal.");
              return UNKNOWN_PRINCIPAL;
            });
  }

  private void explainPermissions(AssumedRole role, JobParameters parameters) {
    explain("permissions: all that " + job + " needs " + role.getRoleArn() + " to be allowed.");
    if ("none".equals(parameters.get("encryptionMethod"))) {
      explain(
          "  If the bucket's own default encryption is a KMS key, allow kms:GenerateDataKey and"
              + " kms:Decrypt on that key, too.");
    }
  }

  private void explain(String line) {
    command.commandLine().getErr().println(line);
  }
}
