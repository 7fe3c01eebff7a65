package dev.writeback.app;

import dev.writeback.domo.DomoAccount;
import dev.writeback.run.SecretFile;
import dev.writeback.s3.AssumedRole;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;

/** Lets jobs be read, and rehearsed, where nobody has set a credential: nobody is contacted. */
final class Offline {

  private static final String UNSET = "unset";

  private Offline() {}

  /** A variable of the environment that is not set is none that is missing. */
  private static final class Environment implements PropertiesFunction {

    @Override
    public String getName() {
      return "env";
    }

    @Override
    public String apply(String remainder) {
      String[] parts = remainder.split(":", 2);
      String value = System.getenv(parts[0]);
      return value != null ? value : parts.length > 1 ? parts[1] : UNSET;
    }
  }

  /** A file of a secret that is not there is none that is missing. */
  private static final class Files implements PropertiesFunction {

    private final SecretFile files = new SecretFile();

    @Override
    public String getName() {
      return files.getName();
    }

    @Override
    public String apply(String path) {
      try {
        return files.apply(path);
      } catch (SecretFile.UnreadableException notThere) {
        return UNSET;
      }
    }
  }

  /** Before it is initialized. */
  static void prepare(Main main) {
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeInitialize(BaseMainSupport initializing) {
            PropertiesComponent properties =
                initializing.getCamelContext().getPropertiesComponent();
            properties.addPropertiesFunction(new Environment());
            properties.addPropertiesFunction(new Files());
          }
        });
  }

  /** In place of the accounts and roles of the files, which may be wrong, others of their names. */
  static void replaceAccounts(CamelContext context) {
    context
        .getRegistry()
        .findByTypeWithName(DomoAccount.class)
        .keySet()
        .forEach(name -> context.getRegistry().bind(name, account()));
    context
        .getRegistry()
        .findByTypeWithName(AssumedRole.class)
        .keySet()
        .forEach(name -> context.getRegistry().bind(name, role()));
  }

  private static DomoAccount account() {
    DomoAccount account = new DomoAccount();
    account.setDomoClientId(UNSET);
    account.setDomoClientSecret(UNSET);
    return account;
  }

  private static AssumedRole role() {
    AssumedRole role = new AssumedRole();
    role.setRoleArn("arn:aws:iam::000000000000:role/" + UNSET);
    role.setRoleSessionName(UNSET);
    role.setRegion("us-east-1");
    role.setBucket(UNSET);
    return role;
  }
}
