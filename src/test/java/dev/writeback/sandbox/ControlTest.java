package dev.writeback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The switches by which another process sees and sets what a sandbox on disk has. */
class ControlTest {

  private static final Map<String, String> MADE_BY = Map.of("job", "sales");

  private Sandbox sandbox;
  private S3Client s3;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.builder().onDisk(true).start();
    s3 = Clients.s3(sandbox, Clients.session(sandbox));
  }

  @AfterEach
  void stop() {
    s3.close();
    sandbox.close();
  }

  private HttpResponse<String> control(String method, String path, String body) throws Exception {
    return Clients.send(
        HttpRequest.newBuilder(sandbox.s3Url().resolve(path))
            .method(method, BodyPublishers.ofString(body)));
  }

  private void write(String key) {
    s3.putObject(
        put -> put.bucket(Sandbox.BUCKET).key(key).contentType("text/csv").metadata(MADE_BY),
        RequestBody.fromString("a\n1\n"));
  }

  @Test
  void listsAllSwitches() throws Exception {
    JsonNode list = Reply.JSON.readTree(control("GET", "/sandbox", "").body());
    assertThat(list.get("POST /sandbox/faults").asText()).contains("CUT", "endpoint", "amount");
    assertThat(list.get("POST /sandbox/s3/faults").asText()).contains("RESET", "partNumber");
    assertThat(list.has("GET /sandbox/objects/")).isTrue();
  }

  @Test
  void showsAnObjectWithWhatIsSaidOfIt() throws Exception {
    write("sales/a b.csv");
    HttpResponse<String> object = control("GET", "/sandbox/objects/sales/a%20b.csv", "");
    assertThat(object.body()).isEqualTo("a\n1\n");
    assertThat(object.headers().firstValue("x-amz-meta-job")).contains("sales");
    assertThat(object.headers().firstValue("content-type")).contains("text/csv");
    assertThat(control("GET", "/sandbox/objects/none", "").statusCode()).isEqualTo(400);
  }

  @Test
  void showsWhatAnExportOughtToBe() throws Exception {
    sandbox.domo().inject(DomoFault.headerOnly());
    assertThat(control("GET", "/sandbox/exports/" + SandboxDomo.ONE_COLUMN, "").body().lines())
        .hasSizeGreaterThan(1);
  }

  @Test
  void putsAnObjectThereAndEmptiesTheBucket() throws Exception {
    assertThat(control("PUT", "/sandbox/objects/old/one.csv", "old").statusCode()).isEqualTo(200);
    assertThat(sandbox.s3().bytes("old/one.csv")).asString().isEqualTo("old");
    s3.createMultipartUpload(create -> create.bucket(Sandbox.BUCKET).key("open"));
    assertThat(sandbox.s3().openUploads()).hasSize(1);

    control("DELETE", "/sandbox/objects", "");

    assertThat(sandbox.s3().objects()).isEmpty();
    assertThat(sandbox.s3().openUploads()).isEmpty();
  }

  @Test
  void storesAndBreaksTheConnection() throws Exception {
    control("POST", "/sandbox/s3/faults", "{\"kind\":\"STORE_AND_RESET\",\"key\":\"lost\"}");
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> write("lost"));
    assertThat(sandbox.s3().object("lost")).isPresent();
  }

  @Test
  void letsRequestsThroughBeforeAFault() {
    Faults<String> faults = new Faults<>();
    faults.add("late", 1, 2);
    assertThat(Stream.generate(() -> faults.take("late"::equals)).limit(4))
        .extracting(Optional::isPresent)
        .containsExactly(false, false, true, false);
  }

  @Test
  void writesAWrongRow() throws Exception {
    sandbox.domo().inject(DomoFault.wrongRow(1, "\u00ff\u0000\n"));
    HttpResponse<byte[]> export =
        Clients.sendForBytes(
            HttpRequest.newBuilder(
                    sandbox.domoUrl().resolve("/v1/datasets/" + SandboxDomo.ONE_COLUMN + "/data"))
                .header("Authorization", "Bearer " + Clients.token(sandbox)));
    List<String> lines = new String(export.body(), StandardCharsets.ISO_8859_1).lines().toList();
    assertThat(lines.get(1)).isEqualTo("\u00ff\u0000");
    assertThat(lines).hasSize((int) sandbox.domo().rows(SandboxDomo.ONE_COLUMN));
  }

  /** As the S3 that is in memory does. */
  @Test
  void encryptsAndReplacesNothingThatIsThere() {
    PutObjectRequest put =
        PutObjectRequest.builder()
            .bucket(Sandbox.BUCKET)
            .key("once")
            .ifNoneMatch("*")
            .serverSideEncryption(ServerSideEncryption.AWS_KMS)
            .ssekmsKeyId("alias/audit")
            .build();
    assertThat(s3.putObject(put, RequestBody.fromString("a")).serverSideEncryption())
        .isEqualTo(ServerSideEncryption.AWS_KMS);
    assertThat(sandbox.s3().object("once").orElseThrow().headers())
        .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "alias/audit");
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(() -> s3.putObject(put, RequestBody.fromString("b")))
        .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(412));
  }

  @Test
  void leavesNothingOnTheDisk() throws Exception {
    assumeThat(sandbox.folder()).as("a disk that keeps attributes").isPresent();
    Path folder = sandbox.folder().orElseThrow();
    write("sales.csv");
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(1);
    }
    sandbox.close();
    assertThat(folder).doesNotExist();
  }
}
