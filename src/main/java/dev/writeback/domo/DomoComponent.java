package dev.writeback.domo;

import dev.writeback.run.EmptyValues;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;

/**
 * The component {@code domo}. It keeps one client, and with it one token, for each account, shared
 * by all endpoints of the CamelContext.
 */
@Component("domo")
public class DomoComponent extends DefaultComponent {

  private final Map<DomoAccount, DomoClient> clients = new IdentityHashMap<>();
  private final Map<List<Object>, CallBudget> budgets = new HashMap<>();
  private ExecutorService pageThreads;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    DomoEndpoint endpoint = new DomoEndpoint(uri, this);
    endpoint.setOperation(operation(remaining));
    endpoint.setAccount(account(parameters.remove("account")));
    setProperties(endpoint, parameters);
    return endpoint;
  }

  private static DomoOperation operation(String name) {
    for (DomoOperation operation : DomoOperation.values()) {
      if (operation.name().equalsIgnoreCase(name)) {
        return operation;
      }
    }
    throw new RunException(
        Outcome.CONFIGURATION,
        false,
        "domo:"
            + name
            + ": there is no such operation, there are export, dataset, watermark, increment, query"
            + " and list");
  }

  /** By name, with or without Camel's {@code #} or {@code #bean:} before it. */
  private DomoAccount account(Object given) {
    if (given instanceof DomoAccount account) {
      return account;
    }
    Set<String> known =
        new TreeSet<>(
            getCamelContext().getRegistry().findByTypeWithName(DomoAccount.class).keySet());
    if (given == null) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "domo: the parameter account is missing: it has to name a Domo account, known are "
              + known);
    }
    String name = given.toString().replaceFirst("^#(bean:)?", "");
    DomoAccount account = CamelContextHelper.lookup(getCamelContext(), name, DomoAccount.class);
    if (account == null) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "domo: there is no Domo account '" + name + "', known are " + known);
    }
    return account;
  }

  /**
   * The client of an account for who has no endpoint.
   *
   * @throws RunException if something is wrong with the account's options
   */
  static DomoClient clientIn(CamelContext context, DomoAccount account) {
    try {
      return context.getComponent("domo", DomoComponent.class).client(account);
    } catch (Exception e) {
      throw RunException.in(e);
    }
  }

  /** The account's client; made when first asked for, closed with the component. */
  DomoClient client(DomoAccount account) throws Exception {
    synchronized (clients) {
      DomoClient client = clients.get(account);
      if (client == null) {
        DomoAccount.refuse(EmptyValues.of(getCamelContext()).problems(account));
        client = new DomoClient(getCamelContext(), account, budget(account));
        clients.put(account, client);
      }
      return client;
    }
  }

  /** Domo counts the calls of its client, whatever bean speaks for it. */
  CallBudget budget(DomoAccount account) {
    return budgets.computeIfAbsent(
        List.of(account.apiUrl(), account.getDomoClientId(), account.callSpacing()),
        client -> new CallBudget(account.callSpacing()));
  }

  /** Threads that wait for the next page of an increment; made when first asked for. */
  ExecutorService pageThreads() {
    synchronized (clients) {
      if (pageThreads == null) {
        pageThreads =
            getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "domo-pages");
      }
      return pageThreads;
    }
  }

  @Override
  protected void doStop() throws Exception {
    synchronized (clients) {
      budgets.values().forEach(CallBudget::close);
      budgets.clear();
      clients.values().forEach(DomoClient::close);
      clients.clear();
      if (pageThreads != null) {
        getCamelContext().getExecutorServiceManager().shutdownNow(pageThreads);
        pageThreads = null;
      }
    }
    super.doStop();
  }
}
