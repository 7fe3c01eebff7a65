package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.writeback.chain.ChainContext;
import dev.writeback.run.RunRequest;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.LoggerFactory;

/**
 * The program in a folder of its own, which looks for edits all the time and speaks to a sandbox:
 * the shipped accounts, error handling, alerts and Kamelet, and the jobs of a test.
 */
final class ReloadingProgram implements AutoCloseable {

  static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Path SHIPPED = Path.of("routes").toAbsolutePath();

  final Path routes;
  final CommandLineRun commands;
  final List<String> lines = new CopyOnWriteArrayList<>();
  private final Path folder;
  private final AppenderBase<ILoggingEvent> listener =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };
  private volatile CountDownLatch export;
  private volatile CountDownLatch exporting = new CountDownLatch(1);
  private Main main;

  ReloadingProgram(Path folder, Sandbox sandbox) throws IOException {
    this.folder = folder;
    this.routes = Files.createDirectories(folder.resolve("routes/kamelets")).getParent();
    String kamelet = "kamelets/domo-s3-writeback.kamelet.yaml";
    Files.copy(SHIPPED.resolve(kamelet), routes.resolve(kamelet));
    for (String shared : List.of("accounts", "writeback", "alerts", "management")) {
      Files.copy(SHIPPED.resolve(shared + ".camel.yaml"), file(shared));
    }
    Files.copy(Path.of("application.properties"), folder.resolve("application.properties"));
    commands =
        new CommandLineRun(sandbox)
            .with(Reloading.SETTING, "100ms")
            .with(ManagementPort.PORT, "0")
            .with("writeback.retries", "0")
            .with("writeback.retry-delay", "1");
  }

  Path file(String name) {
    return routes.resolve(name + ".camel.yaml");
  }

  ReloadingProgram start() throws Exception {
    main = new Jobs(folder).scheduled();
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport configuring) {
            holdExports(configuring.getCamelContext());
          }
        });
    listener.start();
    ((Logger) LoggerFactory.getLogger("dev.writeback")).addAppender(listener);
    main.start();
    return this;
  }

  private void holdExports(CamelContext context) {
    context
        .getCamelContextExtension()
        .addInterceptStrategy(
            (camel, definition, target, following) ->
                definition instanceof ToDefinition to && to.getUri().startsWith("domo:export")
                    ? new DelegateAsyncProcessor(target) {
                      @Override
                      public boolean process(Exchange exchange, AsyncCallback callback) {
                        CountDownLatch gate = export;
                        exporting.countDown();
                        try {
                          if (gate != null) {
                            gate.await();
                          }
                        } catch (InterruptedException e) {
                          exchange.setException(e);
                        }
                        return super.process(exchange, callback);
                      }
                    }
                    : new DelegateAsyncProcessor(target));
  }

  /** Exports stop before they begin, until {@link #letExportsGo}. */
  void holdExports() {
    exporting = new CountDownLatch(1);
    export = new CountDownLatch(1);
  }

  void awaitExport() throws InterruptedException {
    assertThat(exporting.await(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  void letExportsGo() {
    export.countDown();
    export = null;
  }

  CamelContext camel() {
    return main.getCamelContext();
  }

  /** A job that runs by hand. */
  static String job(String id, Map<String, ?> parameters) {
    return """
    - route:
        id: %s
        description: A job of the test
        routeConfigurationId: writeback
        from:
          uri: direct:%s
          steps:
    %s
    """
        .formatted(id, id, ChainContext.step(parameters));
  }

  /** A job of a cron. */
  static String job(String id, String cron, Map<String, ?> parameters) {
    return """
    - route:
        id: %s
        description: A job of the test
        routeConfigurationId: writeback
        from:
          uri: quartz:writeback/%s
          parameters:
            cron: "%s"
            trigger.timeZone: UTC
            stateful: true
          steps:
    %s
    """
        .formatted(id, id, cron, ChainContext.step(parameters));
  }

  /** A schedule of a job that runs by hand. */
  static String schedule(String id, String cron, String job) {
    return """
    - route:
        id: %s
        description: A schedule of the test
        routeConfigurationId: writeback
        from:
          uri: quartz:writeback/%s
          parameters:
            cron: "%s"
            trigger.timeZone: UTC
            stateful: true
          steps:
            - to:
                uri: direct:%s
    """
        .formatted(id, id, cron, job);
  }

  ReloadingProgram write(String name, String text) {
    try {
      SavedFile.write(file(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  ReloadingProgram edit(String name, String from, String to) throws IOException {
    return edit(file(name), from, to);
  }

  ReloadingProgram edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    SavedFile.write(file, text.replace(from, to));
    return this;
  }

  /** Waits for a line of the log that has come since the last call. */
  String awaitLine(String part) {
    await().atMost(LONGEST).until(() -> lines.stream().anyMatch(line -> line.contains(part)));
    String found = lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
    lines.subList(0, lines.indexOf(found) + 1).clear();
    return found;
  }

  /** Waits for a line of the log, in whatever order with others. */
  void awaitAnyLine(String part) {
    await().atMost(LONGEST).until(() -> lines.stream().anyMatch(line -> line.contains(part)));
  }

  CompletableFuture<Exchange> begin(String job, Instant slot) {
    ProducerTemplate template = camel().createProducerTemplate();
    return template.asyncSend(
        "direct:" + job, exchange -> exchange.setProperty(RunRequest.SLOT, slot));
  }

  Exchange run(String job, Instant slot) {
    return begin(job, slot).join();
  }

  @Override
  public void close() {
    ((Logger) LoggerFactory.getLogger("dev.writeback")).detachAppender(listener);
    if (export != null) {
      export.countDown();
    }
    if (main != null) {
      main.stop();
    }
    commands.close();
  }
}
