package dev.writeback.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

  @Test
  void tellsWhatIsMissingAtTheEndOfAChainOfSettings() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.getPropertiesComponent().addInitialProperty("secret", "{{house.secret}}");
      context
          .getPropertiesComponent()
          .addInitialProperty("house.secret", "never-shown{{env:NOBODY_HAS_SET_THIS}}");

      assertThat(Placeholders.problem(context, "{{secret}}"))
          .hasValue(
              "nothing defines this placeholder - '{{secret}}', by way of the setting house.secret"
                  + " - set the environment variable NOBODY_HAS_SET_THIS");
    }
  }

  @Test
  void settingsThatNameEachOtherHaveAnEnd() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.getPropertiesComponent().addInitialProperty("one", "{{two}}");
      context.getPropertiesComponent().addInitialProperty("two", "{{one}}");

      assertThat(Placeholders.problem(context, "{{one}}"))
          .hasValueSatisfying(problem -> assertThat(problem).contains("'{{one}}'"));
    }
  }
}
