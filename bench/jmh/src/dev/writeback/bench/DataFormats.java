package dev.writeback.bench;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PropertyBindingSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Each data format of the chain, by its name and its options, on 8 MB of CSV. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DataFormats {

  @Param({
    "delimited:delimiter=pipe",
    "delimited:quote=single",
    "delimited:escape=backslash",
    "delimited:quoteMode=MINIMAL",
    "delimited:quoteMode=ALL",
    "delimited:nullText=NULL",
    "delimited:lineEnd=CRLF",
    "delimited:header=false",
    "delimited:charset=UTF-16LE",
    "domoCsv:delimiter=pipe",
    "jsonl:",
    "gzip:level=FAST",
    "gzip:level=BALANCED",
    "gzip:level=SMALL",
    "zstd:level=FAST",
    "zstd:level=BALANCED",
    "zstd:level=SMALL",
    "bzip2:level=BALANCED"
  })
  public String dataFormat;

  private final byte[] csv = Csv.bytes();
  private DefaultCamelContext context;
  private DataFormat format;
  private Exchange exchange;

  @Setup
  public void setUp() {
    context = new DefaultCamelContext();
    context.start();
    String[] parts = dataFormat.split(":", 2);
    format = context.createDataFormat(parts[0]);
    Map<String, Object> options = new HashMap<>();
    if (!parts[1].isEmpty()) {
      String[] option = parts[1].split("=");
      options.put(option[0], option[1]);
    }
    PropertyBindingSupport.build().withReference(false).bind(context, format, options);
    format.start();
    exchange = new DefaultExchange(context);
  }

  @TearDown
  public void tearDown() {
    format.stop();
    context.stop();
  }

  @Benchmark
  public void write() throws Exception {
    Object body = new ByteArrayInputStream(csv);
    if (dataFormat.startsWith("domoCsv")) {
      // As the query pages' rows are written: objects, by Camel's own CSV.
      body = format.unmarshal(exchange, new ByteArrayInputStream(csv));
    }
    format.marshal(exchange, body, OutputStream.nullOutputStream());
  }
}
