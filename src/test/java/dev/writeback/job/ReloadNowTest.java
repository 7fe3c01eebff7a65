package dev.writeback.job;

import static dev.writeback.job.SwappingContext.job;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks for a job gets it as its file says now, and nothing else that is being written. */
class ReloadNowTest {

  private static final String NEEDS = "needs another file";

  @TempDir Path folder;
  private SwappingContext context;
  private Reload reload;

  @BeforeEach
  void start() throws Exception {
    context =
        new SwappingContext(folder)
            .write("sales", job("sales", "before"))
            .write("returns", job("returns", "before"));
    context.start();
    reload = new Reload(context.camel, context.files(), Duration.ofHours(1), ReloadNowTest::check);
    reload.begin();
  }

  /** A file that needs what another one may have. */
  private static List<Mistake> check(RouteSnapshot files) {
    boolean isThere = files.texts().anyMatch(text -> text.contains("# what is needed"));
    return files.files().stream()
        .filter(file -> files.names(file, NEEDS) && !isThere)
        .map(file -> new Mistake(new Place(file.toString(), 1, 1), "", new Problem("", NEEDS)))
        .toList();
  }

  @AfterEach
  void stop() throws Exception {
    reload.end();
    context.close();
  }

  @Test
  void othersAreLeftToSettle() throws Exception {
    context.write("sales", job("sales", "after")).write("returns", "");

    assertThat(reload.now("sales")).isTrue();

    assertThat(context.answer("sales")).isEqualTo("after");
    assertThat(context.answer("returns")).isEqualTo("before");
  }

  @Test
  void aJobThatIsNewIsTaken() throws Exception {
    context.write("turnover", job("turnover", "new")).write("returns", "");

    reload.now("turnover");

    assertThat(context.answer("turnover")).isEqualTo("new");
    assertThat(context.answer("returns")).isEqualTo("before");
  }

  /** Nor does it make others needed. */
  @Test
  void aMistakeThatStandsInAnotherFileIsLeftThere() throws Exception {
    context.write("old", "# old " + NEEDS);
    reload.now("old");
    context.write("sales", job("sales", "after")).write("returns", "");

    reload.now("sales");

    assertThat(context.answer("sales")).isEqualTo("after");
    assertThat(context.answer("returns")).isEqualTo("before");
    assertThat(reload.state().mistakes()).hasSize(1);
  }

  /** As one is for a moment that an editor saves. */
  @Test
  void aFileThatIsGoneIsLeftToSettle() throws Exception {
    Files.delete(folder.resolve("sales.camel.yaml"));

    reload.now("sales");

    assertThat(context.answer("sales")).isEqualTo("before");
  }

  @Test
  void whatTheJobLackedIsTakenWhenItIsThere() throws Exception {
    context.write("sales", job("sales", NEEDS));
    reload.now("sales");
    assertThat(context.answer("sales")).isEqualTo("before");
    context.write("returns", job("returns", "after") + "# what is needed\n");

    reload.now("sales");

    assertThat(context.answer("sales")).isEqualTo(NEEDS);
  }

  @Test
  void whatTheJobNeedsIsTakenWithIt() throws Exception {
    context
        .write("sales", job("sales", NEEDS))
        .write("returns", job("returns", "after") + "# what is needed\n");

    reload.now("sales");

    assertThat(context.answer("sales")).isEqualTo(NEEDS);
    assertThat(context.answer("returns")).isEqualTo("after");
  }
}
