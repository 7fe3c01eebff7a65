package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeConfiguration;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.component.aws2.s3.AWS2S3Configuration;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.spi.StreamCachingStrategy;
import org.apache.camel.spi.ThreadPoolProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is shared by the CamelContexts of one JVM, and nothing is left of one that has stopped.
 */
@Timeout(1200)
class TwoContextsTest {

  /** What tells of one context and is no option of it, or changes as it works. */
  private static final List<String> OF_EACH_CONTEXT =
      List.of("getClass", "isForceShutdown", "isTimeoutOccurred", "hasTimeoutOccurred");

  @TempDir Path directory;

  @Test
  void workSideBySideAndOneStopsWhileTheOtherRuns() throws Exception {
    try (Host left = new Host("left");
        Host right = new Host("right")) {
      left.sandbox.domo().inject(DomoFault.stall(Endpoint.EXPORT, 1000));
      CompletableFuture<Exchange> leftRun = left.begin();
      CompletableFuture<Exchange> rightRun = right.begin();
      Host.assertDone(rightRun);
      right.assertWritten();
      await().until(() -> !left.sandbox.domo().exports().isEmpty());

      right.context.close();

      assertThat(leftRun).isNotDone();
      left.sandbox.domo().heal();
      Host.assertDone(leftRun);
      left.assertWritten();
    }
  }

  /** After a run, all is as in a context that has never seen a job, but for what tests set. */
  @Test
  void changeNoOptionOfTheHost() throws Exception {
    try (Host host = new Host("options");
        DefaultCamelContext untouched = new DefaultCamelContext()) {
      untouched.start();
      Host.assertDone(host.begin());
      host.assertWritten();

      Map<String, Object> options = options(host.context.camel);

      assertThat(options).hasSizeGreaterThan(50).isEqualTo(options(untouched));
    }
  }

  /** Those of the context, of its strategies, and of the components that a job uses. */
  private static Map<String, Object> options(DefaultCamelContext context) throws Exception {
    Map<String, Object> options = new TreeMap<>();
    add(options, RuntimeConfiguration.class, context);
    add(options, StreamCachingStrategy.class, context.getStreamCachingStrategy());
    add(options, ShutdownStrategy.class, context.getShutdownStrategy());
    add(
        options,
        ThreadPoolProfile.class,
        context.getExecutorServiceManager().getDefaultThreadPoolProfile());
    add(options, HttpComponent.class, context.getComponent("http"));
    add(options, HttpComponent.class, context.getComponent("https"));
    add(
        options,
        AWS2S3Configuration.class,
        context.getComponent("aws2-s3", AWS2S3Component.class).getConfiguration());
    options.put("global options", Map.copyOf(context.getGlobalOptions()));
    options.put("ids", context.getUuidGenerator().getClass());
    options.put("error handler", context.getCamelContextExtension().getErrorHandlerFactory());
    return options;
  }

  private static void add(Map<String, Object> options, Class<?> type, Object of)
      throws ReflectiveOperationException {
    for (Method method : type.getMethods()) {
      Class<?> value = method.getReturnType();
      if (method.getName().matches("(is|get)[A-Z].*")
          && method.getParameterCount() == 0
          && (value.isPrimitive() || value.getName().startsWith("java.lang.") || value.isEnum())
          && OF_EACH_CONTEXT.stream().noneMatch(method.getName()::equals)) {
        options.put(type.getSimpleName() + "." + method.getName(), method.invoke(of));
      }
    }
  }

  @Test
  void leaveNothingBehind() throws Exception {
    assumeThat(OpenFiles.areTold()).isTrue();
    Path output = directory.resolve("output.txt");
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Djavax.net.ssl.trustStore=" + directory.resolve("trusted.p12"),
                "-Djavax.net.ssl.trustStorePassword=trusted",
                "-Djavax.net.ssl.trustStoreType=PKCS12",
                "-cp",
                System.getProperty("java.class.path"),
                LeftBehind.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = program.waitFor(15, TimeUnit.MINUTES);

      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as("A thread holds the program up:%n%s", said).isTrue();
      assertThat(program.exitValue()).as(said).isZero();
      assertThat(said.lines().filter(line -> line.startsWith(LeftBehind.LEFT))).isEmpty();
    } finally {
      program.destroyForcibly();
    }
  }
}
