package dev.writeback.domo;

import dev.writeback.run.RunContext;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;

/** A CamelContext with one account, {@code sandbox}, and calls of {@code domo:} without a route. */
final class SandboxContext implements AutoCloseable {

  final DefaultCamelContext camel = new DefaultCamelContext();
  final DomoAccount account = new DomoAccount();

  SandboxContext(URI domo) {
    account.setDomoClientId(Sandbox.CLIENT_ID);
    account.setDomoClientSecret(Sandbox.CLIENT_SECRET);
    account.setApiHost(domo.toString());
    camel.getRegistry().bind("sandbox", account);
    camel.start();
  }

  /** The body that the endpoint makes of this one; it lives on, since no exchange ends. */
  Object call(String endpoint, Object body, RunContext run) throws Exception {
    Exchange exchange = camel.getEndpoint(endpoint).createExchange();
    exchange.getMessage().setBody(body);
    if (run != null) {
      exchange.setProperty(RunContext.PROPERTY, run);
    }
    var producer = camel.getEndpoint(endpoint).createProducer();
    producer.start();
    producer.process(exchange);
    return exchange.getMessage().getBody();
  }

  InputStream export(String dataSet, String verify) throws Exception {
    return (InputStream)
        call("domo:export?account=sandbox&dataSet=" + dataSet + "&verify=" + verify, null, null);
  }

  DataSet dataSet(String dataSet) throws Exception {
    return (DataSet) call("domo:dataset?account=sandbox&dataSet=" + dataSet, null, null);
  }

  QueryRows query(String dataSet, String sql) throws Exception {
    return (QueryRows) call("domo:query?account=sandbox&dataSet=" + dataSet, sql, null);
  }

  @Override
  public void close() throws IOException {
    camel.close();
  }
}
