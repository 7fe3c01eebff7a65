package dev.writeback.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;

/**
 * A job's use of a strict Kamelet, as its rules see it.
 *
 * @param parameters by name, placeholders resolved
 * @param triggers what fires the job by the clock
 */
record JobStep(
    CamelContext context,
    RouteText route,
    List<Trigger> triggers,
    KameletSchema schema,
    Map<String, String> parameters) {

  JobStep(CamelContext context, Map<String, String> parameters, List<Trigger> triggers) {
    this(context, null, triggers, null, parameters);
  }

  /** As if it stated no more than these options. */
  JobStep only(Set<String> options) {
    Map<String, String> fewer = new LinkedHashMap<>(parameters);
    fewer.keySet().retainAll(options);
    return new JobStep(context, route, triggers, schema, fewer);
  }

  String get(String option) {
    return parameters.get(option);
  }

  String get(String option, String otherwise) {
    return parameters.getOrDefault(option, otherwise);
  }

  boolean has(String option) {
    return parameters.containsKey(option);
  }

  /** Whether an option says {@code true}. */
  boolean isTrue(String option) {
    return Boolean.parseBoolean(get(option));
  }
}
