package dev.writeback.s3;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * What stands under the key that a run would write.
 *
 * @param state whether there is an object
 * @param eTag of the object that is there; else null
 * @param versionId of the object that is there, where the bucket keeps versions; else null
 * @param modified when the object that is there was written; else null
 * @param bytes the length of the object that is there; else null
 * @param refusal why nobody can tell; else null
 */
public record ExistingObject(
    State state, String eTag, String versionId, Instant modified, Long bytes, String refusal) {

  /** Whether there is one. */
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
   * @param run that knows its bucket and key
   * @throws RunException if the role cannot be assumed
   */
  public static ExistingObject look(
      CamelContext context, AssumedRole role, Map<String, String> parameters, RunContext run) {
    try (RoleSession session = role.openSession(SessionPolicy.FOR_NOTHING)) {
      session.resolveCredentials();
    }
    ObjectFound found = ObjectFound.ofRun(context, role, parameters, run);
    return switch (found.state()) {
      case OWN, FOREIGN ->
          new ExistingObject(
              State.THERE,
              found.head().eTag(),
              found.head().versionId(),
              found.head().lastModified(),
              found.head().contentLength(),
              null);
      case NONE -> new ExistingObject(State.ABSENT, null, null, null, null, null);
      case UNKNOWN -> new ExistingObject(State.UNKNOWN, null, null, null, null, found.refusal());
    };
  }
}
