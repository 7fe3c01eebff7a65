package dev.writeback.chain;

import dev.writeback.app.SandboxSettings;
import dev.writeback.domo.DomoAccount;
import dev.writeback.run.RunRequest;
import dev.writeback.s3.AssumedRole;
import dev.writeback.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * A CamelContext in this process with the shipped accounts, error handling, alerts and Kamelet,
 * which speaks to a sandbox. Failed runs are not repeated unless a test says so.
 */
public final class ChainContext implements AutoCloseable {

  private static final Path ROUTES = Path.of("routes").toAbsolutePath();

  public final DefaultCamelContext camel = new DefaultCamelContext();
  private final Properties settings = new Properties();
  private boolean loaded;

  public ChainContext(Sandbox sandbox) throws Exception {
    camel
        .getComponent("kamelet", KameletComponent.class)
        .setLocation("file:" + ROUTES.resolve("kamelets"));
    settings.putAll(SandboxSettings.of(sandbox));
    with("writeback.retries", "0").with("writeback.retry-delay", "1");
    camel.getPropertiesComponent().setLocation("file:application.properties");
    camel.getPropertiesComponent().setOverrideProperties(settings);
  }

  /** Before the first file of a test; later settings no longer reach the shipped beans. */
  private void loadShipped() throws Exception {
    if (!loaded) {
      loaded = true;
      shipped("accounts").shipped("writeback").shipped("alerts");
      signedBySandbox(camel.getRegistry().lookupByNameAndType("landing", AssumedRole.class));
    }
  }

  /** What is known of the runs is kept in this database; otherwise in memory alone. */
  public ChainContext ledger(DataSource database) {
    camel.getRegistry().bind("ledgerDatabase", database);
    return this;
  }

  /** A setting that counts more than {@code application.properties}. */
  public ChainContext with(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** A shipped file of {@code routes/}. */
  public ChainContext shipped(String name) throws Exception {
    return file(ROUTES.resolve(name + ".camel.yaml"));
  }

  /** Any route file. */
  public ChainContext file(Path file) throws Exception {
    loadShipped();
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:" + file));
    return this;
  }

  /** An account that reads from this sandbox. */
  public ChainContext account(String name, Sandbox sandbox) {
    DomoAccount account = new DomoAccount();
    account.setDomoClientId(Sandbox.CLIENT_ID);
    account.setDomoClientSecret(Sandbox.CLIENT_SECRET);
    account.setApiHost(sandbox.domoUrl().toString());
    camel.getRegistry().bind(name, account);
    return this;
  }

  /** A role of this sandbox, for this bucket. */
  public ChainContext role(String name, Sandbox sandbox, String bucket) {
    AssumedRole role = new AssumedRole();
    role.setRoleArn(Sandbox.ROLE_ARN);
    role.setExternalId(Sandbox.EXTERNAL_ID);
    role.setRoleSessionName(name);
    role.setRegion(Sandbox.REGION);
    role.setBucket(bucket);
    role.setStsEndpoint(sandbox.stsUrl().toString());
    role.setS3Endpoint(sandbox.s3Url().toString());
    role.setPathStyle(true);
    signedBySandbox(role);
    camel.getRegistry().bind(name, role);
    return this;
  }

  private static void signedBySandbox(AssumedRole role) {
    role.setAccessKey(Sandbox.ACCESS_KEY_ID);
    role.setSecretKey(Sandbox.SECRET_ACCESS_KEY);
  }

  /** A job that is run by hand; account and role are the shipped ones unless it names others. */
  public ChainContext job(String id, Map<String, ?> parameters) throws Exception {
    return yaml(
        id + ".camel.yaml",
        """
        - route:
            id: %s
            description: A job of the test
            routeConfigurationId: writeback
            from:
              uri: direct:%s
              steps:
        %s
        """
            .formatted(id, id, step(parameters)));
  }

  /** The one step of a job, indented as the steps of {@link #job}. */
  public static String step(Map<String, ?> parameters) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("account", "acme");
    all.put("role", "landing");
    all.putAll(parameters);
    return """
                - to:
                    uri: kamelet:domo-s3-writeback
                    parameters:
        """
        + all.entrySet().stream()
            .map(entry -> "              " + entry.getKey() + ": " + quoted(entry.getValue()))
            .collect(Collectors.joining("\n"));
  }

  /** A YAML scalar in single quotes, in which nothing but the quote itself has a meaning. */
  private static String quoted(Object value) {
    return "'" + value.toString().replace("'", "''") + "'";
  }

  /** A route file of the test's own. */
  public ChainContext yaml(String file, String text) throws Exception {
    loadShipped();
    PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(file, text));
    return this;
  }

  public ChainContext start() throws Exception {
    loadShipped();
    camel.start();
    return this;
  }

  /** Runs a job for this slot, to the end of all its attempts. */
  public Exchange run(String job, Instant slot) {
    return camel
        .createProducerTemplate()
        .send("direct:" + job, exchange -> exchange.setProperty(RunRequest.SLOT, slot));
  }

  @Override
  public void close() {
    camel.stop();
  }
}
