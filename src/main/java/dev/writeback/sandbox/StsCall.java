package dev.writeback.sandbox;

import java.time.Instant;

/**
 * One call that the STS has answered.
 *
 * @param action AssumeRole, GetCallerIdentity, or whatever was asked
 * @param accessKeyId the key that signed it, or null where it was not signed
 * @param externalId null for none
 * @param policy the session policy as sent, or null for none
 * @param durationSeconds 3600 where the caller gave none
 * @param error AWS's code of the refusal, or null where the call was granted
 * @param mintedAccessKeyId the id of the key that was given, or null
 */
public record StsCall(
    Instant at,
    String action,
    String accessKeyId,
    String roleArn,
    String roleSessionName,
    String externalId,
    String policy,
    int durationSeconds,
    String error,
    String mintedAccessKeyId) {}
