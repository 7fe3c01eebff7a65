package dev.writeback.app;

import dev.writeback.sandbox.Sandbox;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the shipped accounts file is to be told so that it speaks to a sandbox. */
public final class SandboxSettings {

  private SandboxSettings() {}

  /** The settings by the names that they have in {@code application.properties}. */
  public static Map<String, String> of(Sandbox sandbox) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("acme.api-host", sandbox.domoUrl().toString());
    settings.put("acme.domo-client-id", Sandbox.CLIENT_ID);
    settings.put("acme.domo-client-secret", Sandbox.CLIENT_SECRET);
    settings.put("landing.role-arn", Sandbox.ROLE_ARN);
    settings.put("landing.external-id", Sandbox.EXTERNAL_ID);
    settings.put("landing.region", Sandbox.REGION);
    settings.put("landing.bucket", Sandbox.BUCKET);
    settings.put("landing.sts-endpoint", sandbox.stsUrl().toString());
    settings.put("landing.s3-endpoint", sandbox.s3Url().toString());
    settings.put("landing.path-style", "true");
    return settings;
  }

  /** The caller's own keys, by the names under which the AWS SDK looks for them. */
  public static Map<String, String> callerKeys() {
    return Map.of(
        "aws.accessKeyId", Sandbox.ACCESS_KEY_ID, "aws.secretAccessKey", Sandbox.SECRET_ACCESS_KEY);
  }
}
