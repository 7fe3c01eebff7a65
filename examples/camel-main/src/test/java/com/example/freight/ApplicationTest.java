package com.example.freight;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.writeback.examples.sandbox.Sandbox;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

class ApplicationTest {

  @Test
  void theJobWritesTheWholeDataSetBesideTheOtherRoutes() throws Exception {
    try (Sandbox sandbox = Sandbox.start().asSystemProperties()) {
      Main application = Application.main();
      application.start();
      try {
        CamelContext camel = application.getCamelContext();
        ProducerTemplate template = camel.createProducerTemplate();

        template.send("direct:airports", exchange -> {});

        assertArrayEquals(
            sandbox.export(Sandbox.AIRPORTS), sandbox.object("reference/airports.csv"));
        assertEquals("Hello, you", template.requestBody("direct:greet", "you"));
      } finally {
        application.stop();
      }
    }
  }
}
