package dev.writeback.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "sandbox", description = "x", mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
