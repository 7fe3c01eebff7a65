package com.example.freight;

import dev.writeback.examples.sandbox.Sandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The sandbox, started before the application and told to it. */
public class SandboxResource implements QuarkusTestResourceLifecycleManager {

  private Sandbox sandbox;

  @Override
  public Map<String, String> start() {
    try {
      sandbox = Sandbox.start().asSystemProperties();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sandbox.settings();
  }

  @Override
  public void inject(Object test) {
    ((ApplicationTest) test).sandbox = sandbox;
  }

  @Override
  public void stop() {
    sandbox.close();
  }
}
