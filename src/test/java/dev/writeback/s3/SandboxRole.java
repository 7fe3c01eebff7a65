package dev.writeback.s3;

import dev.writeback.sandbox.Sandbox;

/** The role that the sandbox's STS gives, of a caller that it knows. */
final class SandboxRole {

  private SandboxRole() {}

  static AssumedRole of(Sandbox sandbox) {
    AssumedRole role = new AssumedRole();
    role.setRoleArn(Sandbox.ROLE_ARN);
    role.setExternalId(Sandbox.EXTERNAL_ID);
    role.setRoleSessionName("writeback");
    role.setRegion(Sandbox.REGION);
    role.setBucket(Sandbox.BUCKET);
    role.setStsEndpoint(sandbox.stsUrl().toString());
    role.setAccessKey(Sandbox.ACCESS_KEY_ID);
    role.setSecretKey(Sandbox.SECRET_ACCESS_KEY);
    role.setS3Endpoint(sandbox.s3Url().toString());
    role.setPathStyle(true);
    return role;
  }

  /** Small parts, three at a time. */
  static StreamingUploads uploads(AssumedRole role) {
    StreamingUploads uploads = new StreamingUploads();
    uploads.setRole(role);
    uploads.setPartSize("5MiB");
    uploads.setParallelParts(3);
    return uploads;
  }
}
