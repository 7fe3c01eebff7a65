package dev.writeback.domo;

import dev.writeback.run.CheckResult;
import dev.writeback.run.Checklist;
import dev.writeback.run.EmptyValues;
import dev.writeback.run.Outcome;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/**
 * Looks whether Domo gives an account what a job asks for, by the calls that a run makes. For one
 * thread.
 */
public final class DomoCheck {

  private static final String DATA = "data";
  private static final String USER = "user";

  private final CamelContext context;
  private final DomoAccount account;
  private final Checklist steps;
  private boolean known;

  public DomoCheck(CamelContext context, DomoAccount account, Checklist steps) {
    this.context = context;
    this.account = account;
    this.steps = steps;
  }

  /** The account alone. */
  public void account() {
    if (steps.options(
        "Domo account", EmptyValues.of(context).problems(account), account.toString())) {
      known = steps.step("Domo token", this::token);
    } else {
      steps.skip("needs the account", "Domo token");
    }
  }

  /**
   * A job's DataSet, as the account's user sees it; {@link #account} comes first.
   *
   * @param parameters of the job's Kamelet, defaults included
   */
  public void dataSet(Map<String, String> parameters) {
    if (known) {
      DomoClient client = DomoComponent.clientIn(context, account);
      new DataSetCheck(client, parameters, context.getTypeConverter()).tell(steps);
    } else {
      steps.skip("needs the token", DataSetCheck.STEPS);
    }
  }

  private CheckResult token() {
    DomoClient client = DomoComponent.clientIn(context, account);
    Set<String> scopes = new TreeSet<>(client.scopes());
    String user =
        client.userId().map(id -> "Domo user " + id).orElse("Domo tells no user of the client");
    if (scopes.isEmpty()) {
      return CheckResult.ok(user + ", and no scopes");
    }
    String found = user + ", scopes " + String.join(", ", scopes);
    if (!scopes.contains(DATA)) {
      return CheckResult.failed(
          Outcome.CREDENTIALS,
          found,
          "without the scope data no DataSet can be read: give it to the client in Domo's portal,"
              + " and leave it in the account's scope");
    }
    return scopes.contains(USER)
        ? CheckResult.ok(found)
        : CheckResult.warn(
            found,
            "whose a DataSet is, may not be told without the scope user: give it to the client in"
                + " Domo's portal");
  }
}
