package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Camel Main as the program sets it up in a folder. */
final class CamelMain {

  /** Where the program was started. */
  static final Path HERE = Path.of("");

  private static final String ROUTES = "routes";
  private static final String SETTINGS = "application.properties";
  private static final String PATTERN = "camel.main.routesIncludePattern";

  private CamelMain() {}

  static Path routes(Path folder) {
    return folder.resolve(ROUTES);
  }

  static Path settings(Path folder) {
    return folder.resolve(SETTINGS);
  }

  /** With no route. */
  static Main withoutRoutes(Path folder) {
    Main main = create(folder);
    main.addInitialProperty(PATTERN, "false");
    return main;
  }

  /** With no route, to look at files and to be thrown away: never started, and not kept. */
  static Main toLook(Path folder) {
    Main main = withoutLedger(folder);
    main.addInitialProperty(PATTERN, "false");
    // The usual one is held by the process until its end, and the context with it.
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.addOverrideProperty("camel.main.name", "check");
    main.addOverrideProperty("camel.main.jmxEnabled", "false");
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport configuring) {
            LedgerDatabase.toLook(configuring.getCamelContext());
          }
        });
    return main;
  }

  /**
   * With the routes of the folder.
   *
   * @throws RunException where it is no such folder
   */
  static Main create(Path folder) {
    Main main = withoutLedger(folder);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport configuring) {
            LedgerDatabase.of(configuring.getCamelContext());
            configuring.getCamelContext().addLifecycleStrategy(new StopLine());
          }
        });
    return main;
  }

  private static Main withoutLedger(Path folder) {
    for (String needed : new String[] {ROUTES, SETTINGS}) {
      if (!Files.exists(folder.resolve(needed))) {
        throw new RunException(
            Outcome.CONFIGURATION,
            false,
            needed
                + " - not found in "
                + folder.toAbsolutePath()
                + " - start the program in the folder that holds routes/ and application.properties");
      }
    }
    Main main = new Main();
    main.setPropertyPlaceholderLocations("file:" + folder.resolve(SETTINGS));
    main.addInitialProperty(PATTERN, "file:" + routes(folder) + "/*.camel.yaml");
    main.addInitialProperty(
        "camel.component.kamelet.location",
        "file:" + routes(folder) + "/kamelets,classpath:kamelets");
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeInitialize(BaseMainSupport initializing) {
            // A variable that is called like a setting, LANDING_EXTERNAL_ID, would otherwise count
            // more than the sandbox's settings, and unlike what application.properties says.
            if (initializing.getCamelContext().getPropertiesComponent()
                instanceof PropertiesComponent properties) {
              properties.setEnvironmentVariableMode(
                  PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
            }
          }

          @Override
          public void beforeConfigure(BaseMainSupport configuring) {
            configuring
                .getCamelContext()
                .getCamelContextExtension()
                .addInterceptStrategy(new OutOfMemory());
          }
        });
    return main;
  }
}
