package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writeback.blackbox.Launcher.Ended;
import dev.writeback.format.GnuPg;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.StsCall;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is larger than the memory, and what takes longer than a key lives. */
class LargeIT {

  private static final long MEGABYTE = 1_000_000;

  @TempDir Path directory;

  @Test
  void aGigabyteFitsIntoAHeapOf96Megabytes() throws Exception {
    String id;
    String expected;
    long rows;
    try (Sandbox sandbox = Sandbox.start()) {
      id = sandbox.domo().generatedOfBytes("gigabyte", 1_300 * MEGABYTE);
      rows = sandbox.domo().rows(id);
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
        sandbox.domo().writeExport(id, out);
      }
      expected = HexFormat.of().formatHex(sha256.digest());
    }
    WorkFolder folder =
        WorkFolder.empty(directory)
            .job("plain", Map.of("inputDataset", id, "fileName", "plain"))
            .job(
                "piped",
                Map.of(
                    "inputDataset",
                    id,
                    "fileName",
                    "piped",
                    "delimiter",
                    "pipe",
                    "compression",
                    "gzip"));
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    try (SandboxProcess sandbox = SandboxProcess.start(folder, "--hashing-sink")) {
      Launcher launcher =
          sandbox.launcher(folder).java("-Xmx96m").java("-Djava.io.tmpdir=" + temporary);
      for (String job : List.of("plain", "piped")) {
        Ended ended = launcher.run("run", job);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("rows " + rows + ",");
      }
      JsonNode plain = object(sandbox, "plain.csv");
      assertThat(plain.path("sha256").asText()).isEqualTo(expected);
      assertThat(plain.path("length").asLong()).isGreaterThan(1_000 * MEGABYTE);
      assertThat(plain.path("parts").asInt()).isGreaterThan(100);
      assertThat(object(sandbox, "piped.csv.gz").path("length").asLong())
          .isBetween(100 * MEGABYTE, 700 * MEGABYTE);
      assertThat(sandbox.ask("s3/requests").findValuesAsText("operation"))
          .filteredOn("CREATE_MULTIPART_UPLOAD"::equals)
          .hasSize(2);
    }
    assertThat(temporary).isEmptyDirectory();
  }

  /** bzip2 has a smaller one: it takes eight seconds of a processor for 50 MB. */
  @ParameterizedTest
  @CsvSource({
    "gzip, fast, none, 1000",
    "zstd, small, none, 1000",
    "zip, balanced, none, 1000",
    "zstd, balanced, pgp, 1000",
    "bzip2, small, none, 100",
  })
  void everyCodecRunsInTheHeapOfTheLauncher(
      String compression, String level, String encryption, long megabytes) throws Exception {
    String id;
    long rows;
    try (Sandbox sandbox = Sandbox.start()) {
      id = sandbox.domo().generatedOfBytes("large", megabytes * MEGABYTE);
      rows = sandbox.domo().rows(id);
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("inputDataset", id);
    parameters.put("fileName", "large");
    parameters.put("compression", compression);
    parameters.put("compressionLevel", level);
    parameters.put("encryptionMethod", encryption);
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    try (GnuPg reader = GnuPg.open().person("Alice <alice@example.com>")) {
      WorkFolder folder =
          WorkFolder.empty(directory)
              .write("readers.asc", reader.armoured("Alice"))
              .write(
                  "routes/keys.camel.yaml",
                  """
                  - beans:
                      - name: readers
                        type: dev.writeback.run.EncryptionKey
                        properties:
                          file: readers.asc
                  """);
      if (encryption.equals("pgp")) {
        parameters.put("encryptionKey", "readers");
      }
      folder.job("large", parameters);
      try (SandboxProcess sandbox = SandboxProcess.start(folder, "--hashing-sink")) {
        Ended ended =
            sandbox.launcher(folder).java("-Djava.io.tmpdir=" + temporary).run("run", "large");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("rows " + rows + ",");
        assertThat(sandbox.ask("objects").findValues("length"))
            .singleElement()
            .extracting(JsonNode::asLong, LONG)
            .isBetween(megabytes * MEGABYTE / 20, megabytes * MEGABYTE / 2);
      }
    }
    assertThat(temporary).as("unpacked libraries").isEmptyDirectory();
  }

  private static JsonNode object(SandboxProcess sandbox, String key) throws Exception {
    for (JsonNode object : sandbox.ask("objects")) {
      if (object.path("key").asText().equals(key)) {
        return object;
      }
    }
    throw new AssertionError(key + " has not landed");
  }

  @Test
  void anUploadOutlivesItsKeys() throws Exception {
    Duration life = Duration.ofSeconds(15);
    try (Sandbox sandbox = Sandbox.builder().keyLife(life).start()) {
      String id = sandbox.domo().generatedOfBytes("slow", 200 * MEGABYTE);
      sandbox.domo().inject(DomoFault.throttle(3 * MEGABYTE));
      WorkFolder folder =
          WorkFolder.empty(directory).job("slow", Map.of("inputDataset", id, "fileName", "slow"));
      Instant begun = Instant.now();

      Ended ended = Launcher.at(sandbox, folder).run("run", "slow");

      Duration took = Duration.between(begun, Instant.now());
      assertThat(ended.exitCode()).as(ended.output()).isZero();
      assertThat(sandbox.s3().keysSeen()).hasSizeGreaterThanOrEqualTo(3);
      List<StsCall> assumed =
          sandbox.sts().calls().stream()
              .filter(call -> call.action().equals("AssumeRole"))
              .toList();
      assertThat((long) assumed.size())
          .isLessThanOrEqualTo(2 * (took.toSeconds() / life.toSeconds() + 1));
    }
  }
}
