package dev.writeback.app;

import com.zaxxer.hikari.HikariDataSource;
import dev.writeback.domo.DomoAccount;
import dev.writeback.domo.DomoCheck;
import dev.writeback.job.JobParameters;
import dev.writeback.ledger.LedgerCheck;
import dev.writeback.run.CheckResult;
import dev.writeback.run.Checklist;
import dev.writeback.run.ObjectNaming;
import dev.writeback.run.RunException;
import dev.writeback.s3.AssumedRole;
import dev.writeback.s3.BucketCheck;
import dev.writeback.s3.RolePolicies;
import dev.writeback.s3.TrustCheck;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = {
      "Looks whether all that a job needs is there, step by step: Domo's token and scopes, the"
          + " DataSet, the AWS role with the right external id, a wrong one and none, the clock, the"
          + " bucket, a write, the encryption, the ledger.",
      "The write is an upload that is aborted, and a small object under a name like the job's, put"
          + " on the condition that there is none. It is deleted where the role may delete; where it"
          + " may not, it stays, and is told of.",
      "Each step is ok, warn, failed or skipped. A failed one does not keep the others from being"
          + " done. Ends with 0, or with the highest code of a failed step."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback check sales-daily",
      "  domo-s3-writeback check --account acme",
      "  domo-s3-writeback check --json"
    })
final class CheckCommand implements Callable<Integer> {

  /** What is looked at. */
  static final class Subject {

    @Parameters(
        paramLabel = "JOB",
        description = "The id of the job's route. By default all jobs, one after the other.")
    private String job;

    @Option(
        names = "--account",
        paramLabel = "NAME",
        description = "A Domo account of routes/accounts.camel.yaml alone.")
    private String account;
  }

  @ArgGroup private Subject subject;

  @Option(
      names = "--no-put",
      description =
          "Put no object: where each that lands is picked up at once, or the role may not delete.")
  private boolean noPut;

  @Option(names = "--json", description = "One JSON object a line, one for each step.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    CheckPrinter printer = new CheckPrinter(json, command.commandLine().getOut());
    Checklist steps = new Checklist(printer::print);
    if (subject != null && subject.account != null) {
      new Jobs().readBeans(context -> checkAccount(context, steps));
    } else {
      if (subject != null) {
        checkJob(subject.job, steps, printer);
      } else {
        new Jobs().ids().forEach(job -> checkOneOfAll(job, steps, printer));
      }
      new Jobs().readBeans(context -> steps.step("ledger", () -> ledger(context)));
    }
    return steps.worst().exitCode();
  }

  private void checkAccount(CamelContext context, Checklist steps) {
    DomoAccount account = NamedBean.find(context, DomoAccount.class, "--account", subject.account);
    new DomoCheck(context, account, steps).account();
  }

  /** A mistake in its file is its first step's failure, and the last. */
  private void checkOneOfAll(String job, Checklist steps, CheckPrinter printer) {
    try {
      checkJob(job, steps, printer);
    } catch (RunException mistaken) {
      steps.step(
          "job " + job,
          () -> {
            throw mistaken;
          });
    }
  }

  private void checkJob(String job, Checklist steps, CheckPrinter printer) {
    new Jobs()
        .readUnchecked(
            job,
            (context, writebacks) ->
                writebacks.forEach(
                    parameters -> {
                      printer.title(
                          job
                              + ": account "
                              + parameters.get("account")
                              + ", role "
                              + parameters.get("role")
                              + ", DataSet "
                              + parameters.get("inputDataset"));
                      check(job, context, parameters, steps);
                    }));
  }

  private void check(String job, CamelContext context, JobParameters parameters, Checklist steps) {
    DomoAccount account = bean(context, DomoAccount.class, parameters.get("account"));
    DomoCheck domo = new DomoCheck(context, account, steps);
    domo.account();
    domo.dataSet(parameters.values());
    AssumedRole role = bean(context, AssumedRole.class, parameters.get("role"));
    boolean opens = new TrustCheck(role, steps).tell();
    new BucketCheck(
            context,
            role,
            job,
            parameters.values(),
            RolePolicies.pieces(
                parameters.keyOfAnyRun(context.getTypeConverter()), ObjectNaming.ANY),
            !noPut,
            steps)
        .tell(opens);
  }

  private static CheckResult ledger(CamelContext context) {
    LedgerDatabase.requireWritable(context);
    try (HikariDataSource found = LedgerDatabase.found(context)) {
      return LedgerCheck.of(found, context.getClassResolver());
    }
  }

  private static <T> T bean(CamelContext context, Class<T> type, String name) {
    return context.getRegistry().lookupByNameAndType(name, type);
  }
}
