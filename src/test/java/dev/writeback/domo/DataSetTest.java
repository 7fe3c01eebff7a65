package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataSetTest {

  @Test
  void holdsWhatDomoTells() throws IOException {
    DataSet dataSet =
        read(
            """
            {"id": "845305d8", "name": "Sales", "description": "all", "rows": 5, "columns": 2,
             "schema": {"columns": [{"type": "LONG", "name": "id"}, {"type": "STRING", "name": "n"}]},
             "owner": {"id": 27, "name": "Ann"}, "createdAt": "2015-12-10T07:06:14Z",
             "updatedAt": "2016-02-29T20:56:20.567Z", "dataCurrentAt": "2016-02-29T20:56:20.567+01:00",
             "pdpEnabled": true, "policies": []}
            """);

    assertThat(dataSet.rows()).isEqualTo(5);
    assertThat(dataSet.schema())
        .containsExactly(new DataSet.Column("id", "LONG"), new DataSet.Column("n", "STRING"));
    assertThat(dataSet.owner()).isEqualTo(new DataSet.Owner(27L, "Ann"));
    assertThat(dataSet.createdAt()).isEqualTo(Instant.parse("2015-12-10T07:06:14Z"));
    assertThat(dataSet.updatedAt()).isEqualTo(Instant.parse("2016-02-29T20:56:20.567Z"));
    assertThat(dataSet.dataCurrentAt()).isEqualTo(Instant.parse("2016-02-29T19:56:20.567Z"));
    assertThat(dataSet.pdpEnabled()).isTrue();
    assertThat(dataSet.deleted()).isFalse();
  }

  @Test
  void doesWithoutWhatDomoLeavesOut() throws IOException {
    DataSet dataSet = read("{\"id\": \"845305d8\", \"deleted\": true, \"updatedAt\": \"soon\"}");

    assertThat(dataSet)
        .isEqualTo(
            new DataSet(
                "845305d8",
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                false,
                true));
  }

  @Test
  void knowsTheTypesOfColumnsByTheirNames() throws IOException {
    DataSet dataSet =
        read(
            """
            {"schema": {"columns": [{"type": "LONG", "name": "id"}, {"type": "STRING", "name": "n"},
             {"type": "DATE", "name": "twice"}, {"type": "DOUBLE", "name": "twice"},
             {"type": "LONG", "name": "same"}, {"type": "LONG", "name": "same"}]}}
            """);

    assertThat(dataSet.columnTypes())
        .containsOnly(
            entry("id", "LONG"),
            entry("n", "STRING"),
            entry("twice", "STRING"),
            entry("same", "LONG"),
            entry("_BATCH_ID_", "LONG"),
            entry("_BATCH_LAST_RUN_", "DATETIME"));
  }

  private static DataSet read(String json) throws IOException {
    return DataSet.of(new ObjectMapper().readTree(json));
  }
}
