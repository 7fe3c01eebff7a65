package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands render and accounts as they are typed: nobody is there whom they could ask. */
class RenderCommandTest {

  @TempDir Path directory;
  private final CommandLineRun program = new CommandLineRun();

  private int render(Map<String, Object> more, String... arguments) throws IOException {
    Map<String, Object> parameters =
        new HashMap<>(Map.of("inputDataset", SandboxDomo.ORDERS, "path", "sales"));
    parameters.putAll(more);
    JobFolder folder = JobFolder.in(directory).job("job", parameters);
    String[] all = new String[arguments.length + 1];
    all[0] = "job";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return program.execute(new RenderCommand(folder.path()), all);
  }

  @Test
  void theDayIsTheJobsOwn() {
    assertThat(program.execute("render", "orders-by-hand", "--at", "2026-03-29T05:30:00Z"))
        .as(program.err())
        .isZero();

    assertThat(program.out().lines())
        .last()
        .isEqualTo(
            "2026-03-28T23:30:00-06:00  s3://acme-landing/sales/orders/orders_2026-03-27.csv");
  }

  @Test
  void anHourThatIsLeftOutOrComesTwiceIsSaid() throws IOException {
    Map<String, Object> name =
        Map.of("fileName", "a_<current_date:yyyyMMdd_HHmm>", "timeZone", "Europe/Zurich");

    assertThat(render(name, "--at", "2026-03-29T02:30", "--at", "2026-10-25 02:30")).isZero();

    assertThat(program.out().lines().skip(1))
        .containsExactly(
            "2026-03-29T03:30:00+02:00  s3://acme-landing/sales/a_20260329_0330.csv"
                + "  2026-03-29T02:30 is left out in Europe/Zurich, where the clocks go forward:"
                + " this one is taken",
            "2026-10-25T02:30:00+02:00  s3://acme-landing/sales/a_20261025_0230.csv"
                + "  2026-10-25T02:30 comes twice in Europe/Zurich, where the clocks go back: the"
                + " first is taken");
  }

  @Test
  void theNextTimesOfTheSchedule() {
    assertThat(program.execute("render", "airports-nightly", "--next", "2", "--json")).isZero();

    assertThat(program.out().lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "\\{\"slot\":\"(\\S{10})T06:00:00-0[67]:00\",\"object\":"
                            + "\"s3://acme-landing/reference/airports/airports_\\1.csv.gz\"}"));
  }

  @Test
  void theRunsIdIsNotKnownYet() throws IOException {
    assertThat(render(Map.of("fileName", "a_<run_id>"), "--at", "2026-03-29")).isZero();

    assertThat(program.out()).contains("s3://acme-landing/sales/a_<run_id>.csv");
  }

  @Test
  void aNameThatOnlyDomoKnowsIsAskedFor() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        CommandLineRun settings = new CommandLineRun(sandbox)) {
      assertThat(render(Map.of("selectFilename", "datasetName"), "--at", "2026-03-29")).isZero();

      assertThat(program.out()).contains("s3://landing/sales/Orders with everything.csv");
      assertThat(settings.out()).isEmpty();
    }
  }

  @Test
  void withoutItsAccountThatNameIsNotKnown() throws IOException {
    assertThat(render(Map.of("selectFilename", "datasetName"))).isEqualTo(2);

    assertThat(program.err())
        .contains("domoClientId - missing, the environment variable DOMO_CLIENT_ID is not set - ");
  }

  @Test
  void aTimeThatIsNoneIsAMistake() {
    assertThat(program.execute("render", "orders-by-hand", "--at", "noon")).isEqualTo(2);

    assertThat(program.err()).contains("no date or time - 'noon'");
  }
}
