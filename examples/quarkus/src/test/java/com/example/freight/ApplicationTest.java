package com.example.freight;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.writeback.examples.sandbox.Sandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class ApplicationTest {

  Sandbox sandbox;
  @Inject ProducerTemplate template;

  @Test
  void theJobWritesTheWholeDataSetBesideTheOtherRoutes() throws Exception {
    template.send("direct:airports", exchange -> {});

    assertArrayEquals(sandbox.export(Sandbox.AIRPORTS), sandbox.object("reference/airports.csv"));
    assertEquals("Hello, you", template.requestBody("direct:greet", "you"));
  }
}
