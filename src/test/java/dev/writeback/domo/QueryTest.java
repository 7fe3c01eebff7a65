package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.RunException;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  private static final String ID = "845305d8";

  private AnsweringDomo domo;
  private SandboxContext context;

  private QueryRows rows(String answer) throws Exception {
    domo = new AnsweringDomo("application/json", answer);
    context = new SandboxContext(domo.url());
    return context.query(ID, "SELECT a FROM table");
  }

  @AfterEach
  void close() throws IOException {
    if (context != null) {
      context.close();
      domo.close();
    }
  }

  @Test
  void keepsEveryDigit() throws Exception {
    QueryRows rows =
        rows(
            """
            {"datasource": "x", "columns": ["a", "b"], "metadata": [{"type": "STRING"}],
             "rows": [["Zürich", 12345678901234567890123], [null, 0.10], [true, 1E3]],
             "numRows": 3, "numColumns": 2, "fromcache": true}
            """);

    assertThat(rows.columns()).containsExactly("a", "b");
    assertThat(rows.fromCache()).isEmpty();
    List<List<Object>> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    assertThat(all.get(0)).containsExactly("Zürich", new BigInteger("12345678901234567890123"));
    assertThat(all.get(1)).containsExactly(null, new BigDecimal("0.10"));
    assertThat(all.get(2)).containsExactly(true, new BigDecimal("1E+3"));
    assertThat(all).hasSize(3);
    assertThat(rows.fromCache()).contains(true);
    assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void takesRowsBeforeColumns() throws Exception {
    QueryRows rows = rows("{\"rows\": [[1]], \"columns\": [\"a\"]}");

    assertThat(rows.next()).containsExactly(BigInteger.ONE);
    assertThat(rows.hasNext()).isFalse();
    assertThat(rows.columns()).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"columns\": [\"a\"], \"rows\": [[1], [2]",
        "{\"columns\": [\"a\"], \"rows\": [[1], [2]], \"numRows\": 3}",
        "{\"columns\": [\"a\"], \"numRows\": 0}",
        "{\"rows\": [[{\"a\": 1}]]}",
        "[]",
        "<html></html>",
        ""
      })
  void neverEndsAsIfAllWasWellWhereItWasNot(String answer) {
    assertThatThrownBy(() -> rows(answer).forEachRemaining(row -> {}))
        .isInstanceOf(DomoException.class)
        .hasMessageStartingWith("query of DataSet 845305d8: Domo's answer cannot be used: ");
  }

  @Test
  void isReadAsItIsAskedFor() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        SandboxContext live = new SandboxContext(sandbox.domoUrl())) {
      String large = sandbox.domo().generated("large", 500_000);
      QueryRows rows = live.query(large, "SELECT * FROM table");
      assertThat(rows.next()).hasSameSizeAs(rows.columns());
      rows.close();

      assertThatThrownBy(() -> rows.forEachRemaining(row -> {})).isInstanceOf(DomoException.class);
      assertThat(live.query(SandboxDomo.ORDERS, "SELECT COUNT(*) FROM table").next())
          .containsExactly(BigInteger.valueOf(sandbox.domo().rows(SandboxDomo.ORDERS)));
    }
  }

  @Test
  void needsSql() throws Exception {
    rows("{\"rows\": []}");

    assertThatThrownBy(() -> context.query(ID, " "))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("there is no SQL");
  }
}
