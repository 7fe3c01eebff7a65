package com.example.freight;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.writeback.domo.DataSet;
import dev.writeback.examples.sandbox.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each route of the example does what it says. */
@Timeout(300)
class ApplicationTest {

  private static Sandbox sandbox;

  @TempDir Path folder;
  private Main application;
  private ProducerTemplate template;

  @BeforeAll
  static void startSandbox() throws IOException {
    sandbox = Sandbox.start().asSystemProperties();
  }

  @AfterAll
  static void stopSandbox() {
    sandbox.close();
  }

  @BeforeEach
  void start() throws Exception {
    application = Application.main();
    application.addOverrideProperty("exchange.folder", folder.toString());
    application.start();
    template = application.getCamelContext().createProducerTemplate();
  }

  @AfterEach
  void stop() {
    application.stop();
  }

  private void run(String endpoint, Object body) {
    Exchange exchange = template.send(endpoint, each -> each.getMessage().setBody(body));
    assertNull(exchange.getException());
  }

  /** The rows of the DataSet. */
  private static List<CSVRecord> airports() throws Exception {
    try (CSVParser rows =
        CSVParser.parse(new String(sandbox.export(Sandbox.AIRPORTS)), CSVFormat.DEFAULT)) {
      return rows.stream().skip(1).toList();
    }
  }

  @Test
  void aDataSetIsSplitIntoItsRows() throws Exception {
    run("direct:airport-rows", null);

    assertEquals(
        airports().stream()
            .filter(row -> row.get(3).equals("HI"))
            .map(row -> row.get(0) + " " + row.get(1))
            .toList(),
        Files.readAllLines(folder.resolve("hawaii.txt")));
  }

  @Test
  void aQueryIsPolled() throws Exception {
    Map<String, Long> states =
        airports().stream()
            .collect(Collectors.groupingBy(row -> row.get(3), TreeMap::new, Collectors.counting()));
    Path answer = folder.resolve("states.txt");

    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.exists(answer) && Files.readAllLines(answer).size() == states.size());

    assertEquals(
        states.entrySet().stream().map(each -> each.getKey() + " " + each.getValue()).toList(),
        Files.readAllLines(answer).stream().sorted().toList());
  }

  @Test
  void theDataSetsAreListed() {
    List<?> found = template.requestBody("direct:order-datasets", null, List.class);

    assertEquals(
        List.of("Orders with everything"),
        found.stream().map(each -> ((DataSet) each).name()).toList());
  }

  @Test
  void aPipeTakesAnyDataFormat() throws Exception {
    run("direct:report", stream("first\nsecond\n"));

    try (var report = new GZIPInputStream(Files.newInputStream(folder.resolve("report.txt.gz")))) {
      assertEquals("1 first\n2 second\n", new String(report.readAllBytes()));
    }
  }

  @Test
  void anObjectIsWrittenAsTheRole() throws Exception {
    run("direct:manifest", "42 boxes");

    assertArrayEquals("42 boxes".getBytes(), sandbox.object("manifests/latest.txt"));
  }

  private static FilterInputStream stream(String text) {
    return new FilterInputStream(new ByteArrayInputStream(text.getBytes())) {};
  }
}
