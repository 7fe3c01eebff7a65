package dev.writeback.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Camel's own zip data format, behind a pipe. */
class PipeZipTest {

  private static final int LENGTH = 3_000_000;

  private final DefaultCamelContext context = new DefaultCamelContext();

  @BeforeEach
  void start() {
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void isReadByUnzipAndPythonUnderTheNameOfTheFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("sales.zip");
    try (InputStream zip = zip(ProbeStream.ofLength(LENGTH))) {
      Files.copy(zip, file);
    }

    assertThat(Command.output("unzip", "-p", file.toString(), "sales_2026-11-21.csv"))
        .isEqualTo(ProbeStream.bytes(LENGTH));
    assertThat(
            Command.output(
                "python3",
                "-c",
                "import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);"
                    + "print(z.namelist(),z.testzip(),len(z.read(z.namelist()[0])))",
                file.toString()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("['sales_2026-11-21.csv'] None " + LENGTH + "\n");
  }

  @Test
  void streams() throws Exception {
    ProbeStream endless = ProbeStream.ofLength(Long.MAX_VALUE);

    try (InputStream zip = zip(endless)) {
      assertThat(zip.readNBytes(LENGTH)).hasSize(LENGTH);
      assertThat(endless.isClosed()).isFalse();
    }

    assertThat(endless.isClosed()).isTrue();
  }

  private InputStream zip(InputStream source) throws Exception {
    Exchange exchange = new DefaultExchange(context);
    exchange.getIn().setBody(source);
    exchange.getIn().setHeader(Exchange.FILE_NAME, "sales_2026-11-21.csv");
    context.getEndpoint("pipe:zipFile").createProducer().process(exchange);
    assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME))
        .isEqualTo("sales_2026-11-21.csv");
    return exchange.getMessage().getBody(InputStream.class);
  }
}
