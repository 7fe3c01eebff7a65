package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/**
 * Something of a job that a person should know, as a map of texts and numbers: {@code event},
 * {@code job}, {@code message} and {@code time} always, {@code description}, {@code run}, {@code
 * slot}, {@code attempt}, {@code byHand}, {@code outcome}, {@code dataSet} and {@code object} where
 * they are known. Holds no secret and no row of a DataSet.
 */
final class Alert {

  /** What has happened. */
  enum Event {
    /** A run has failed, and nobody repeats it. */
    FAILED,
    /** The first run that succeeds after a failure. */
    RECOVERED,
    /** No complete object for longer than the job states. */
    STALE
  }

  private final Map<String, Object> values = new LinkedHashMap<>();

  Alert(CamelContext context, Event event, String job, String message) {
    values.put("event", event.name().toLowerCase(Locale.ROOT));
    values.put("job", job);
    Route route = context.getRoute(job);
    put("description", route == null ? null : route.getDescription());
    values.put("message", message);
    values.put("time", Instant.now().toString());
  }

  Alert with(RunContext run) {
    put("run", run.getId());
    put("slot", run.getSlot().toString());
    put("attempt", run.getAttempt());
    put("byHand", run.isByHand());
    put("outcome", run.getOutcome() == null ? null : run.getOutcome().inWords());
    put("dataSet", run.getDataSetId());
    put("object", run.getKey() == null ? null : "s3://" + run.getBucket() + "/" + run.getKey());
    return this;
  }

  private void put(String name, Object value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  Map<String, Object> values() {
    return values;
  }
}
