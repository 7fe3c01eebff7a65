package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.sandbox.Clients;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connector's two search menus, as commands. */
class BrowseCommandsTest {

  private Sandbox sandbox;
  private CommandLineRun program;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    program = new CommandLineRun(sandbox);
  }

  @AfterEach
  void close() throws Exception {
    program.close();
    sandbox.close();
  }

  @Test
  void dataSetsAreThoseWithAllWordsInTheirNames() {
    String wanted = sandbox.domo().generated("Sales of the NORTH, daily", 1234);
    sandbox.domo().generated("Sales of the south, daily", 5);

    assertThat(program.execute("datasets", "north", "sales")).isZero();

    assertThat(program.out().lines()).hasSize(2);
    assertThat(program.out().lines().findFirst().orElseThrow())
        .matches("id +name +owner +rows +updated");
    assertThat(program.out())
        .contains(wanted + "  Sales of the NORTH, daily  Sandbox Owner (27)  1234  2");
  }

  @Test
  void withoutWordsAllAreListedByName() {
    assertThat(program.execute("datasets", "--account", "acme", "--json")).isZero();

    assertThat(program.out().lines())
        .allSatisfy(line -> assertThat(line).startsWith("{\"id\":\""))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(SandboxDomo.AIRPORTS)
                    .contains("\"rows\":")
                    .contains("\"updated\":\"2"));
  }

  @Test
  void noDataSetIsSaid() {
    assertThat(program.execute("datasets", "nothing-is-called-so")).isZero();

    assertThat(program.out()).startsWith("No DataSet that the account's user may see");
  }

  @Test
  void anAccountThatIsNotThereIsNamed() {
    assertThat(program.execute("datasets", "--account", "acne")).isEqualTo(2);

    assertThat(program.err().strip())
        .isEqualTo("--account - no such bean - 'acne' - did you mean 'acme'?");
  }

  @Test
  void refusedCredentialsEndWith3() {
    program.with("acme.domo-client-secret", "wrong");

    assertThat(program.execute("datasets")).isEqualTo(3);

    assertThat(program.err()).contains("Check domoClientId, domoClientSecret");
  }

  @Test
  void foldersAreThoseDirectlyInThePlace() {
    Clients.put(sandbox, "finance/sales/a.csv", "x");
    Clients.put(sandbox, "finance/costs/2026/b.csv", "x");
    Clients.put(sandbox, "finance/c.csv", "x");
    Clients.put(sandbox, "staff/d.csv", "x");

    assertThat(program.execute("folders", Sandbox.BUCKET)).isZero();
    assertThat(program.out().lines()).containsExactly("path", "finance/", "staff/");

    assertThat(program.execute("folders", "s3://" + Sandbox.BUCKET + "/finance", "--json"))
        .isZero();
    assertThat(program.out().lines())
        .containsExactly("{\"path\":\"finance/costs/\"}", "{\"path\":\"finance/sales/\"}");
  }

  @Test
  void aRoleThatMayNotListIsToldWhatItNeeds() {
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.LIST_OBJECTS));

    assertThat(program.execute("folders", Sandbox.BUCKET + "/finance/")).isEqualTo(3);

    assertThat(program.err())
        .startsWith("Cannot list the folders of s3://landing/finance/: denied to")
        .contains("policy JOB --browse");
  }

  /** The session for it may list the bucket, and neither read nor write. */
  @Test
  void foldersAreListedInANarrowSession() {
    program.execute("folders", Sandbox.BUCKET);

    assertThat(sandbox.sts().calls())
        .singleElement()
        .satisfies(
            call -> assertThat(call.policy()).contains("s3:ListBucket").doesNotContain("Object"));
  }
}
