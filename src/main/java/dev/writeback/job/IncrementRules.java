package dev.writeback.job;

import dev.writeback.run.ObjectNaming;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.TypeConversionException;
import org.apache.camel.model.RouteDefinition;

/** What a schema cannot say of a job that writes only new data. */
final class IncrementRules {

  private IncrementRules() {}

  static List<Problem> of(
      CamelContext context, RouteDefinition route, Map<String, String> parameters) {
    List<Problem> problems = new ArrayList<>();
    boolean onlyNewData = isTrue(parameters, "onlyNewData");
    boolean overwrite = isTrue(parameters, "overwrite");
    boolean allowed = isTrue(parameters, "allowReplaceIncrement");
    if (parameters.containsKey("firstRun") && !onlyNewData) {
      problems.add(
          new Problem(
              "firstRun",
              "without onlyNewData every run writes all rows - '"
                  + parameters.get("firstRun")
                  + "' - set onlyNewData to true, or leave it out"));
    }
    if (allowed && !(onlyNewData && overwrite)) {
      problems.add(
          new Problem(
              "allowReplaceIncrement",
              "no increment can be replaced without onlyNewData and overwrite - 'true' - leave it"
                  + " out"));
    }
    if (onlyNewData && overwrite && !allowed) {
      sharedKey(context, route, parameters)
          .ifPresent(
              key ->
                  problems.add(
                      new Problem(
                          "overwrite",
                          "with onlyNewData two runs would write one key, and the later rows replace"
                              + " the earlier - '"
                              + key
                              + "' - a fileName that differs from run to run, overwrite: false, or"
                              + " allowReplaceIncrement: true")));
    }
    return problems;
  }

  private static boolean isTrue(Map<String, String> parameters, String option) {
    return "true".equals(parameters.get(option));
  }

  /** A key that two of the next fire times have in common. */
  private static Optional<String> sharedKey(
      CamelContext context, RouteDefinition route, Map<String, String> parameters) {
    ObjectNaming naming;
    try {
      naming = NamingRules.naming(context.getTypeConverter(), parameters);
    } catch (TypeConversionException e) {
      return Optional.empty();
    }
    if (!naming.problems().isEmpty()) {
      return Optional.empty();
    }
    FireTimes times = FireTimes.of(context, route, parameters.get("timeZone"));
    Map<String, Instant> keys = new HashMap<>();
    for (Instant moment : times.moments()) {
      RunContext run = new RunContext(route.getRouteId(), moment, times.zone());
      run.setDataSetId(parameters.getOrDefault("inputDataset", "dataset"));
      run.setDataSetName("the DataSet's name");
      String key;
      try {
        key = naming.of(run).key();
      } catch (RunException e) {
        // Told when the run has the DataSet's true name.
        return Optional.empty();
      }
      Instant other = keys.putIfAbsent(key, moment);
      if (other != null && !other.equals(moment)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
