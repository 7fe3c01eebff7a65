package dev.writeback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxDomoTest {

  private Sandbox sandbox;
  private String token;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    token = Clients.token(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void exportIsWholeAndTheSameAsTold() throws Exception {
    for (String id :
        new String[] {
          SandboxDomo.AIRPORTS,
          SandboxDomo.WEATHER,
          SandboxDomo.ORDERS,
          SandboxDomo.ONE_COLUMN,
          sandbox.domo().generated("g", 1000)
        }) {
      HttpResponse<String> answer =
          Clients.get(sandbox, token, "/v1/datasets/" + id + "/data?includeHeader=true");
      ByteArrayOutputStream told = new ByteArrayOutputStream();
      sandbox.domo().writeExport(id, told);
      System.out.println(answer.headers().map());
      System.out.println(answer.body().substring(0, Math.min(1500, answer.body().length())));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(told.toString("UTF-8"));
      System.out.println(Clients.get(sandbox, token, "/v1/datasets/" + id).body());
      System.out.println(Clients.query(sandbox, token, id, "SELECT COUNT(*) FROM t").body());
    }
  }
}
