package dev.writeback.s3;

import dev.writeback.run.RunContext;
import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * What became of the object of a run that was left open.
 *
 * @param state whether it is there
 * @param eTag of the object that is there; else null
 * @param versionId of the object that is there, where the bucket keeps versions; else null
 * @param refusal why nobody can tell; else null
 */
public record LeftObject(State state, String eTag, String versionId, String refusal) {

  /** Whether it is there. */
  public enum State {
    THERE,
    ABSENT,
    UNKNOWN
  }

  /**
   * Looks, once, with a session of the role. S3 tells only who may read the object ({@code
   * s3:GetObject}), and that there is none only who may list the bucket.
   *
   * @param parameters of the job's Kamelet, defaults included
   * @param run as it was left: its bucket, key, slot and id
   */
  public static LeftObject look(
      CamelContext context, AssumedRole role, Map<String, String> parameters, RunContext run) {
    return of(ObjectFound.ofRun(context, role, parameters, run));
  }

  private static LeftObject of(ObjectFound found) {
    return switch (found.state()) {
      case OWN -> new LeftObject(State.THERE, found.head().eTag(), found.head().versionId(), null);
      case FOREIGN, NONE -> new LeftObject(State.ABSENT, null, null, null);
      case UNKNOWN -> new LeftObject(State.UNKNOWN, null, null, found.refusal());
    };
  }
}
