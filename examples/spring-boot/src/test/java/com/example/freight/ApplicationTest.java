package com.example.freight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.examples.sandbox.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
class ApplicationTest {

  private static final Sandbox SANDBOX = start();

  @Autowired private ProducerTemplate template;
  @Autowired private TestRestTemplate http;
  @Autowired private DataSource database;

  private static Sandbox start() {
    try {
      return Sandbox.start();
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    Map<String, String> settings = SANDBOX.settings();
    settings.forEach((name, value) -> registry.add(name, () -> value));
    registry.add("writeback.retries", () -> "0");
    registry.add("landing.access-key", () -> settings.get("aws.accessKeyId"));
    registry.add("landing.secret-key", () -> settings.get("aws.secretAccessKey"));
  }

  @AfterAll
  static void stop() {
    SANDBOX.close();
  }

  @AfterEach
  void heal() throws Exception {
    SANDBOX.heal();
  }

  private void run() {
    template.send("direct:airports", exchange -> {});
  }

  private String health() {
    return http.getForObject("/actuator/health/jobs", String.class);
  }

  @Test
  void theJobWritesTheWholeDataSetAndTheHostsDatabaseKnowsIt() throws Exception {
    run();

    assertThat(SANDBOX.object("reference/airports.csv"))
        .isEqualTo(SANDBOX.export(Sandbox.AIRPORTS));
    assertThat(
            new JdbcTemplate(database).queryForList("select job from writeback_run", String.class))
        .contains("airports");
  }

  @Test
  void actuatorTellsHowTheJobIs() throws Exception {
    run();
    assertThat(health()).contains("\"status\":\"UP\"", "\"airports\":{", "\"outcome\":\"DONE\"");

    SANDBOX.breakExports();
    run();
    assertThat(health()).contains("\"status\":\"DOWN\"", "\"outcome\":\"DOMO\"");

    SANDBOX.heal();
    run();
    assertThat(health()).contains("\"status\":\"UP\"");
  }

  @Test
  void theOtherRoutesStillHaveTheirStreamsCached() {
    var stream = new FilterInputStream(new ByteArrayInputStream("a\nb".getBytes())) {};

    assertThat(template.requestBody("direct:manifest", stream, String.class)).isEqualTo("2: a\nb");
  }
}
