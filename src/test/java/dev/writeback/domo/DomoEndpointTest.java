package dev.writeback.domo;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.writeback.sandbox.DomoExport;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code domo:} as a YAML file uses it. */
class DomoEndpointTest {

  private Sandbox sandbox;
  private DefaultCamelContext camel;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start();
    camel = new DefaultCamelContext();
  }

  @AfterEach
  void close() throws IOException {
    camel.close();
    sandbox.close();
  }

  private void load(String steps) throws Exception {
    String yaml =
        """
        - beans:
            - name: acme
              type: dev.writeback.domo.DomoAccount
              properties:
                domoClientId: %s
                domoClientSecret: %s
                apiHost: %s
                connectTimeout: 5s
                readTimeout: 1m30s
        - route:
            id: job
            streamCache: "false"
            from:
              uri: direct:job
              steps:
        %s
        """
            .formatted(
                Sandbox.CLIENT_ID, Sandbox.CLIENT_SECRET, sandbox.domoUrl(), steps.indent(8));
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.fromString("job.camel.yaml", yaml));
    camel.start();
  }

  private static String to(String operation, String parameters) {
    return """
        - to:
            uri: domo:%s
            parameters:
              dataSet: %s
              %s
        """
        .formatted(operation, SandboxDomo.ORDERS, parameters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "'#acme'", "'#bean:acme'"})
  void takesTheAccountByName(String account) throws Exception {
    load(to("dataset", "account: " + account));

    DataSet dataSet = camel.createProducerTemplate().requestBody("direct:job", "", DataSet.class);

    assertThat(dataSet.id()).isEqualTo(SandboxDomo.ORDERS);
  }

  @Test
  void readsDurationsInCamelsForms() throws Exception {
    load(to("dataset", "account: acme"));

    DomoAccount account = camel.getRegistry().lookupByNameAndType("acme", DomoAccount.class);

    assertThat(account.getConnectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(account.getReadTimeout()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void givesUpTheStreamWhenTheExchangeIsOver() throws Exception {
    String large = sandbox.domo().generatedOfBytes("large", 100L * 1024 * 1024);
    load(to("export", "account: acme").replace(SandboxDomo.ORDERS, large));

    InputStream body =
        camel.createProducerTemplate().requestBody("direct:job", "", InputStream.class);

    assertThatThrownBy(body::read).isInstanceOf(IOException.class).hasMessageContaining("given up");
    DomoExport export = sandbox.domo().exports().get(0);
    await().until(() -> export.state() == DomoExport.State.BROKEN);
    assertThat(export.bytesSent()).isLessThan(20L * 1024 * 1024);
  }

  @Test
  void takesTheSqlFromTheParameter() throws Exception {
    load(
        to("query", "account: acme\n      sql: SELECT COUNT(*) FROM table")
            + "- setBody:\n    simple: ${body.next()}\n");

    Object row = camel.createProducerTemplate().requestBody("direct:job", "unused");

    assertThat(row).asString().isEqualTo("[" + sandbox.domo().rows(SandboxDomo.ORDERS) + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "              | Airports, One column, Orders with everything, Seattle Weather",
        "WITH orders   | Orders with everything",
        "without       | ''",
      })
  void listsTheDataSets(String words, String names) throws Exception {
    load(
        """
        - to:
            uri: domo:list
            parameters:
              account: acme
        """
            + (words == null ? "" : "      words: " + words + "\n"));

    List<?> found = camel.createProducerTemplate().requestBody("direct:job", "", List.class);

    assertThat(found.stream().map(each -> ((DataSet) each).name()).collect(joining(", ")))
        .isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exprot  | account: acme               | there is no such operation, there are export",
        "export  | account: acne               | there is no Domo account 'acne', known are [acme]",
        "export  | verify: warn                | the parameter account is missing",
        "dataset | {account: acme, verify: off} | verify is for domo:export",
        "export  | {account: acme, sql: SELECT} | sql is for domo:query",
        "dataset | {account: acme, formulaEscaping: none} | formulaEscaping is for domo:export",
        "export  | {account: acme, owner: off}  | owner is for domo:dataset",
        "query   | {account: acme, pdp: warn}   | pdp is for domo:dataset",
        "query   | {account: acme, words: sales} | words is for domo:list",
        "list    | {account: acme}              | dataSet is not for domo:list",
        "increment | {account: acme, rowsPerPage: 0} | rowsPerPage is 0: it has to be 1 to 999999",
        "increment | {account: acme, rowsPerPage: 1000000} | rowsPerPage is 1000000: it has to be",
      })
  void refusesAtStartWhatCannotWork(String operation, String parameters, String message) {
    String lines = parameters.replaceAll("[{}]", "").replace(", ", "\n      ");

    assertThatThrownBy(() -> load(to(operation, lines))).hasStackTraceContaining(message);
  }
}
