package dev.writeback.job;

import static dev.writeback.job.SwappingContext.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails while edits are taken is told, and is tried again. */
class ReloadFailureTest {

  private static final Duration LONGEST = Duration.ofMinutes(2);

  @TempDir Path folder;
  private SwappingContext context;
  private final AtomicInteger failures = new AtomicInteger();
  private Reload reload;

  @BeforeEach
  void start() throws Exception {
    context = new SwappingContext(folder).write("sales", job("sales", "before"));
    context.start();
    reload = new Reload(context.camel, context.files(), Duration.ofMillis(100), this::check);
    reload.begin();
  }

  private List<Mistake> check(RouteSnapshot files) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new StackOverflowError("too deep");
    }
    return List.of();
  }

  @AfterEach
  void stop() throws Exception {
    reload.end();
    context.close();
  }

  private void awaitLine(String part) {
    await()
        .atMost(LONGEST)
        .until(() -> context.lines.stream().anyMatch(line -> line.contains(part)));
  }

  /** The thread of the reload ended in silence, and the edit counted as seen. */
  @Test
  void anErrorOfTheCheckIsToldOnceAndTheEditIsTakenLater() {
    failures.set(3);
    context.write("sales", job("sales", "after"));
    awaitLine("too deep");
    awaitLine("job sales is changed: ");

    assertThat(context.answer("sales")).isEqualTo("after");
    assertThat(context.lines).filteredOn(line -> line.contains("too deep")).hasSize(1);
    assertThat(context.lines).contains(folder + " is right again");
    await().atMost(LONGEST).until(() -> reload.state().problems().isEmpty());
  }

  @Test
  void aJobThatIsOutIsToldMeanwhile() {
    context.obstacle.failStart("sales", Integer.MAX_VALUE, () -> new LinkageError("torn"));
    context.write("sales", job("sales", "after"));
    await().atMost(LONGEST).until(() -> reload.state().out().contains("sales"));

    assertThat(reload.state().of("sales"))
        .hasValue(
            "does not run, since it could not be put back after an edit; it is tried again:"
                + " java.lang.LinkageError: torn");
    assertThat(reload.state().problems())
        .containsExactly(
            "job sales: does not run, since it could not be put back after an edit; it is tried"
                + " again: java.lang.LinkageError: torn");

    context.obstacle.clear();

    awaitLine("job sales is put back as it was");
    await().atMost(LONGEST).until(() -> reload.state().out().isEmpty());
    assertThat(context.answer("sales")).isEqualTo("before");
    assertThat(context.lines)
        .filteredOn(line -> line.contains("cannot be put back either"))
        .hasSize(1);
  }

  /** As an account that commands alone use. */
  @Test
  void aBeanThatNoRouteNamesIsToldToo() {
    context.write("accounts", bean("one"));
    awaitLine("bean orders is new: " + folder.resolve("accounts.camel.yaml"));
    context.write("accounts", bean("two"));
    awaitLine("bean orders is changed: " + folder.resolve("accounts.camel.yaml"));
    context.write("accounts", bean("two").replace("orders", "invoices"));
    awaitLine("bean invoices is new: ");
    awaitLine("bean orders is gone, its file no longer has it");
    assertThat(context.lines).noneMatch(line -> line.contains("sales"));
  }

  private static String bean(String text) {
    return """
    - beans:
        - name: orders
          type: java.util.concurrent.atomic.AtomicReference
          properties:
            plain: %s
    """
        .formatted(text);
  }
}
