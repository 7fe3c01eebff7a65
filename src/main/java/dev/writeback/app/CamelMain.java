package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Camel Main as the program sets it up, in the folder in which it was started. */
final class CamelMain {

  static final Path ROUTES = Path.of("routes");

  private static final String SETTINGS = "application.properties";
  private static final String PATTERN = "camel.main.routesIncludePattern";

  private CamelMain() {}

  /** With no route. */
  static Main withoutRoutes() {
    Main main = create();
    main.addInitialProperty(PATTERN, "false");
    return main;
  }

  /**
   * With the routes of the folder.
   *
   * @throws RunException where it is no such folder
   */
  static Main create() {
    for (String needed : new String[] {ROUTES.toString(), SETTINGS}) {
      if (!Files.exists(Path.of(needed))) {
        throw new RunException(
            Outcome.CONFIGURATION,
            false,
            needed
                + " - not found in "
                + Path.of("").toAbsolutePath()
                + " - start the program in the folder that holds routes/ and application.properties");
      }
    }
    Main main = new Main();
    main.setPropertyPlaceholderLocations("file:" + SETTINGS);
    main.addInitialProperty(PATTERN, "file:" + ROUTES + "/*.camel.yaml");
    main.addInitialProperty(
        "camel.component.kamelet.location", "file:" + ROUTES + "/kamelets,classpath:kamelets");
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
            openLedger(configuring.getCamelContext());
          }
        });
    return main;
  }

  private static void openLedger(CamelContext context) {
    try {
      LedgerDatabase.of(context);
    } catch (Exception e) {
      throw RunException.in(e);
    }
  }
}
