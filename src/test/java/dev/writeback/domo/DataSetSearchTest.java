package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A DataSet by its name among many; which names are found stands in input-datasets.yaml. */
class DataSetSearchTest {

  private static final int OTHERS = 120;

  private Sandbox sandbox;
  private SandboxContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context = new SandboxContext(sandbox.domoUrl());
    for (int i = 1; i <= OTHERS; i++) {
      sandbox.domo().generated("All Sales %03d".formatted(i), i);
    }
  }

  @AfterEach
  void close() throws IOException {
    context.close();
    sandbox.close();
  }

  @Test
  void goesThroughAllPages() throws Exception {
    String sales = sandbox.domo().generated("Sales", 1000);

    assertThat(context.dataSet("Sales").id()).isEqualTo(sales);
    assertThat(sandbox.domo().calls("/v1/datasets"))
        .filteredOn(call -> call.path().equals("/v1/datasets"))
        .extracting(call -> call.query().get("offset") + " of " + call.query().get("limit"))
        .containsExactly("0 of 50", "50 of 50", "100 of 50", "121 of 50");
  }

  @Test
  void namesTheNearestOfMany() {
    assertThatThrownBy(() -> context.dataSet("Sales 00"))
        .isInstanceOfSatisfying(
            RunException.class,
            refused -> {
              assertThat(refused.outcome()).isEqualTo(Outcome.CONFIGURATION);
              assertThat(refused.getMessage()).endsWith("'All Sales 005'?").contains("'Sales 00'");
            });
  }

  @Test
  void mayBeRepeatedWhereDomoDidNotAnswer() {
    sandbox.domo().inject(DomoFault.refuse(Endpoint.LIST, 503));

    assertThatThrownBy(() -> context.dataSet("Sales"))
        .isInstanceOfSatisfying(
            DomoException.class,
            failure -> {
              assertThat(failure.isRetryable()).isTrue();
              assertThat(failure).hasMessageContaining("list of DataSets called like 'Sales'");
            });
  }
}
