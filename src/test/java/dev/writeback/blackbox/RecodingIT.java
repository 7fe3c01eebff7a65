package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.blackbox.Launcher.Ended;
import dev.writeback.format.GnuPg;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What lands is what an independent program makes of the same DataSet: Python's csv module, gpg,
 * gunzip, unzip, zstd, bunzip2.
 */
class RecodingIT {

  private static final Path RECODE = WorkFolder.PROJECT.resolve("src/test/python/recode.py");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "orders, comma, ',', none, native",
    "orders, pipe, |, gzip, native",
    "orders, tab, TAB, zip, native",
    "orders, semicolon, ;, gzip, camel",
    "airports, pipe, |, zip, native",
    "airports, caret, ^, none, camel",
    "weather, pipe, |, gzip, native",
    "one-column, pipe, |, none, native",
    "one-column, pipe, |, zip, camel",
  })
  void landsWhatPythonWouldWrite(
      String dataSet, String delimiter, String character, String compression, String engine)
      throws Exception {
    String id =
        switch (dataSet) {
          case "orders" -> SandboxDomo.ORDERS;
          case "airports" -> SandboxDomo.AIRPORTS;
          case "weather" -> SandboxDomo.WEATHER;
          default -> SandboxDomo.ONE_COLUMN;
        };
    try (Sandbox sandbox = Sandbox.start()) {
      WorkFolder folder =
          WorkFolder.empty(directory)
              .job(
                  "job",
                  Map.of(
                      "inputDataset", id,
                      "fileName", "data",
                      "delimiter", delimiter,
                      "compression", compression,
                      "csvEngine", engine));
      assertThat(Launcher.at(sandbox, folder).run("run", "job").exitCode()).isZero();
      String key = sandbox.s3().objects().get(0).key();
      assertThat(compare(sandbox, id, key, character.replace("TAB", "\t"), compression))
          .startsWith("equal, ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none, , pgp",
    "gzip, fast, none",
    "gzip, fast, pgp",
    "gzip, small, pgp",
    "zip, fast, pgp",
    "zip, small, none",
    "zstd, fast, none",
    "zstd, balanced, pgp",
    "zstd, small, pgp",
    "bzip2, small, none",
    "bzip2, fast, pgp",
  })
  void isReadByTheProgramsThatAUserHas(String compression, String level, String encryption)
      throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        GnuPg reader = GnuPg.open().person("Alice <alice@example.com>")) {
      Map<String, Object> parameters = new LinkedHashMap<>();
      parameters.put("inputDataset", SandboxDomo.ORDERS);
      parameters.put("fileName", "data");
      parameters.put("delimiter", "pipe");
      parameters.put("compression", compression);
      parameters.put("encryptionMethod", encryption);
      if (level != null) {
        parameters.put("compressionLevel", level);
      }
      boolean pgp = encryption.equals("pgp");
      if (pgp) {
        parameters.put("encryptionKey", "readers");
      }
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
                  """)
              .job("job", parameters);
      Path temporary = Files.createDirectory(directory.resolve("temporary"));
      Ended ended =
          Launcher.at(sandbox, folder).java("-Djava.io.tmpdir=" + temporary).run("run", "job");

      assertThat(ended.exitCode()).as(ended.output()).isZero();
      assertThat(temporary).as("unpacked libraries").isEmptyDirectory();
      String key = sandbox.s3().objects().get(0).key();
      assertThat(key.endsWith(".pgp")).isEqualTo(pgp);
      String[] keyring = pgp ? new String[] {reader.home().toString()} : new String[0];
      assertThat(compare(sandbox, SandboxDomo.ORDERS, key, "|", compression, keyring))
          .startsWith("equal, ");
    }
  }

  private String compare(
      Sandbox sandbox,
      String id,
      String key,
      String delimiter,
      String compression,
      String... keyring)
      throws IOException, InterruptedException {
    Path export = directory.resolve("export.csv");
    try (OutputStream out = Files.newOutputStream(export)) {
      sandbox.domo().writeExport(id, out);
    }
    Path object = Files.write(directory.resolve("object"), sandbox.s3().bytes(key));
    List<String> command = new ArrayList<>(List.of("python3", RECODE.toString()));
    command.addAll(List.of(export.toString(), object.toString(), delimiter, compression));
    command.addAll(List.of(keyring));
    Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    python.waitFor();
    return said;
  }

  @ParameterizedTest
  @CsvSource({"orders, none", "airports, gzip"})
  void jsonLinesHoldWhatTheExportHolds(String dataSet, String compression) throws Exception {
    String id = dataSet.equals("orders") ? SandboxDomo.ORDERS : SandboxDomo.AIRPORTS;
    try (Sandbox sandbox = Sandbox.start()) {
      WorkFolder folder =
          WorkFolder.empty(directory)
              .job(
                  "job",
                  Map.of(
                      "inputDataset",
                      id,
                      "fileName",
                      "data",
                      "format",
                      "jsonl",
                      "compression",
                      compression));
      assertThat(Launcher.at(sandbox, folder).run("run", "job").exitCode()).isZero();
      String key = sandbox.s3().objects().get(0).key();
      assertThat(key).isEqualTo(compression.equals("gzip") ? "data.jsonl.gz" : "data.jsonl");
      Path export = directory.resolve("export.csv");
      try (OutputStream out = Files.newOutputStream(export)) {
        sandbox.domo().writeExport(id, out);
      }
      Path object = Files.write(directory.resolve("object"), sandbox.s3().bytes(key));
      Process python =
          new ProcessBuilder(
                  "python3",
                  "-X",
                  "utf8",
                  WorkFolder.PROJECT.resolve("src/test/python/jsonl.py").toString(),
                  export.toString(),
                  object.toString())
              .redirectErrorStream(true)
              .start();
      assertThat(Launcher.read(python.getInputStream())).startsWith("equal, ");
    }
  }

  @Test
  void anEntryOfAnArchiveIsCalledAsTheFile() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      WorkFolder folder =
          WorkFolder.empty(directory)
              .job(
                  "job",
                  Map.of(
                      "inputDataset", SandboxDomo.ORDERS,
                      "fileName", "Bestellungen für Zoë <current_date>",
                      "compression", "zip"));
      assertThat(Launcher.at(sandbox, folder).run("run", "job", "--at", "2026-03-29").exitCode())
          .isZero();
      Path object =
          Files.write(
              directory.resolve("object.zip"),
              sandbox.s3().bytes("Bestellungen für Zoë 2026-03-29.csv.zip"));
      Process python =
          new ProcessBuilder(
                  "python3",
                  "-X",
                  "utf8",
                  "-c",
                  "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).namelist())",
                  object.toString())
              .start();
      assertThat(Launcher.read(python.getInputStream()))
          .isEqualTo("['Bestellungen für Zoë 2026-03-29.csv']\n");
    }
  }
}
