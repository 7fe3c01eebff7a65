package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.writeback.pipe.Command;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** GnuPG with a keyring of its own, gone when it is closed. */
public final class GnuPg implements AutoCloseable {

  private final Path home;

  private GnuPg(Path home) {
    this.home = home;
  }

  /** A test that opens one is skipped where GnuPG is not installed. */
  public static GnuPg open() throws IOException {
    assumeThat(Command.isInstalled("gpg")).as("gpg is installed").isTrue();
    // Its agent listens on a socket in this folder, whose path must be short.
    return new GnuPg(Files.createTempDirectory(Path.of("/tmp"), "gpg"));
  }

  /** What {@code --homedir} names. */
  public Path home() {
    return home;
  }

  /** A key pair without a passphrase, of GnuPG's choice of algorithms. */
  public GnuPg person(String name) throws IOException, InterruptedException {
    return key(name, "default", "default", "never");
  }

  /** {@code usage} is {@code sign} for a key that cannot encrypt. */
  GnuPg key(String name, String algorithm, String usage, String expires)
      throws IOException, InterruptedException {
    run("--passphrase", "", "--quick-generate-key", name, algorithm, usage, expires);
    return this;
  }

  /** The public keys of these persons, as {@code gpg --export} writes them. */
  public byte[] exported(String... names) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--export"));
    arguments.addAll(List.of(names));
    return run(arguments.toArray(String[]::new));
  }

  /** The public key of one person, as text. */
  public String armoured(String name) throws IOException, InterruptedException {
    return new String(run("--armor", "--export", name), StandardCharsets.US_ASCII);
  }

  /** By the certificate that GnuPG has put aside; its colon keeps it from being used by mistake. */
  void revokeTheOnlyKey() throws IOException, InterruptedException {
    Path certificate;
    try (Stream<Path> files = Files.list(home.resolve("openpgp-revocs.d"))) {
      certificate = files.findFirst().orElseThrow();
    }
    String armed = Files.readString(certificate).replace(":-----BEGIN", "-----BEGIN");
    run("--import", Files.writeString(certificate, armed).toString());
  }

  /** What one of this keyring's persons reads; the file must be whole. */
  public byte[] decrypted(Path file) throws IOException, InterruptedException {
    return run("--decrypt", file.toString());
  }

  String packets(Path file) throws IOException, InterruptedException {
    return new String(run("--list-packets", file.toString()), StandardCharsets.UTF_8);
  }

  /** Whether it takes the file for whole. */
  boolean accepts(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command("--decrypt", file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }

  byte[] run(String... arguments) throws IOException, InterruptedException {
    Path errors = home.resolve("errors");
    Process process = new ProcessBuilder(command(arguments)).redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as("%s", Files.readString(errors)).isZero();
    return output;
  }

  private List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("gpg", "--homedir", home.toString(), "--batch", "--quiet"));
    command.addAll(List.of("--pinentry-mode", "loopback", "--trust-model", "always"));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public void close() throws IOException {
    try {
      Command.output("gpgconf", "--homedir", home.toString(), "--kill", "gpg-agent");
    } catch (InterruptedException e) {
      throw new InterruptedIOException(e.getMessage());
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}
