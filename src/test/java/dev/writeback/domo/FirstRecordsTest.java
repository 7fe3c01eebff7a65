package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FirstRecordsTest {

  private static final String EXPORT = "a,b\r\n1,\"x\ny\"\r\n\r\n2,é\r\n3,z\r\n";

  private static FirstRecords first(String export, long most) {
    return new FirstRecords(
        new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)), most);
  }

  private static String text(InputStream records) throws IOException {
    return new String(records.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void recordsAreNotLinesAndKeepTheirBytes() throws IOException {
    FirstRecords two = first(EXPORT, 2);

    assertThat(text(two)).isEqualTo("a,b\r\n1,\"x\ny\"\r\n\r\n2,é\r\n");
    assertThat(two.columns()).isEqualTo(2);
    assertThat(two.count()).isEqualTo(2);
    assertThat(two.isWhole()).isFalse();
  }

  @Test
  void whatIsShorterIsWhole() throws IOException {
    FirstRecords all = first(EXPORT, 4);

    assertThat(text(all)).isEqualTo(EXPORT);
    assertThat(all.count()).isEqualTo(3);
    assertThat(all.isWhole()).isTrue();
  }

  /** An empty line is the null of a DataSet that has one column. */
  @Test
  void anEmptyLineIsARecordOfOneColumn() throws IOException {
    assertThat(text(first("a\n\n1\n2\n", 2))).isEqualTo("a\n\n1\n");
  }

  @Test
  void theExportIsGivenUpWithIt() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream export =
        new ByteArrayInputStream(new byte[0]) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    new FirstRecords(export, 1).close();

    assertThat(closed).isTrue();
  }
}
