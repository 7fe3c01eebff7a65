package dev.writeback.s3;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Something that a person wants of S3 and no run needs: done in a session that may do nothing else.
 *
 * @param policy of the session, as JSON
 * @param wanted as in "list the folders of s3://bucket"
 * @param takes what the role has to be allowed, as a sentence
 */
record RoleCall(AssumedRole role, String policy, String wanted, String takes) {

  /**
   * @param call given what makes a request one of the session
   * @throws RunException if the role cannot be assumed, or S3 does not do it
   */
  <T> T make(Function<AwsRequestOverrideConfiguration, T> call) {
    try (RoleSession session = role.openSession(policy)) {
      return call.apply(
          AwsRequestOverrideConfiguration.builder().credentialsProvider(session).build());
    } catch (AwsServiceException refused) {
      throw refused(AwsReply.of(refused), refused);
    } catch (SdkException silent) {
      throw new RunException(
          Outcome.S3,
          true,
          "Cannot " + wanted + ": S3 does not answer (" + silent.getMessage() + ")",
          silent);
    }
  }

  private RunException refused(AwsReply reply, RuntimeException cause) {
    boolean denied = reply.status() == 401 || reply.status() == 403;
    return new RunException(
        denied ? Outcome.CREDENTIALS : Outcome.S3,
        reply.isServerTrouble(),
        "Cannot "
            + wanted
            + ": "
            + (denied
                ? "denied to " + role.getRoleArn() + " (" + reply + "). " + takes
                : "S3 does not do it (" + reply + ")"),
        cause);
  }
}
