package dev.writeback.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which jobs have a key that two fire times share: {@code spec/shared-keys.yaml}. */
class SharedKeyRulesTest {

  static Stream<Spec.Case> cases() {
    return Spec.cases("shared-keys");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areFound(Spec.Case row) throws Exception {
    Map<String, String> parameters = new HashMap<>();
    row.map("parameters").forEach((name, value) -> parameters.put(name, value.toString()));
    List<Trigger> triggers = new ArrayList<>();
    for (String cron : row.<String>list("crons")) {
      triggers.add(
          new Trigger(
              "job",
              EndpointText.of(
                  "quartz:writeback/job?cron="
                      + cron.replace(' ', '+')
                      + "&trigger.timeZone="
                      + row.text("zone", "UTC"),
                  Place.UNKNOWN),
              Set.of()));
    }
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      JobStep step = new JobStep(context, parameters, triggers);
      List<Problem> problems = SharedKeyRules.replaced(step);
      assertThat(problems.stream().map(Problem::toString).toList())
          .hasSize(row.has("refused") ? 1 : 0)
          .allSatisfy(problem -> assertThat(problem).contains(row.text("refused")));
      assertThat(SharedKeyRules.warning(step).isPresent())
          .as("warned")
          .isEqualTo(row.flag("warned"));
    }
  }
}
