package dev.writeback.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key pair for 127.0.0.1 and localhost, made anew by the JDK's own keytool. */
final class Certificate implements AutoCloseable {

  private static final String ALIAS = "sandbox";
  private static final char[] PASSWORD = "sandbox".toCharArray();

  private final Path directory;
  private final Path store;
  private final KeyStore keys;
  private final Path pem;

  private Certificate(Path directory, Path store, KeyStore keys, Path pem) {
    this.directory = directory;
    this.store = store;
    this.keys = keys;
    this.pem = pem;
  }

  static Certificate make() throws IOException {
    Path directory = Files.createTempDirectory("writeback-sandbox");
    Path store = directory.resolve("keys.p12");
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=domo-s3-writeback sandbox",
            "-ext",
            "SAN=IP:127.0.0.1,DNS:localhost",
            "-ext",
            "BC=ca:true",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            store.toString()));
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
      Path pem = directory.resolve("sandbox.pem");
      String base64 =
          Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(keys.getCertificate(ALIAS).getEncoded());
      Files.writeString(
          pem,
          "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n",
          StandardCharsets.US_ASCII);
      return new Certificate(directory, store, keys, pem);
    } catch (GeneralSecurityException e) {
      throw new IOException("The sandbox's key pair cannot be read", e);
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool made no key pair: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while keytool made a key pair", e);
    }
  }

  SSLContext serverContext() throws IOException {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("The sandbox's key pair cannot be used", e);
    }
  }

  /** The certificate, for clients that are to trust it. */
  Path pem() {
    return pem;
  }

  /** The same for a client in Java: its system properties, with which it trusts nobody else. */
  Map<String, String> trust() {
    return Map.of(
        "javax.net.ssl.trustStore",
        store.toString(),
        "javax.net.ssl.trustStoreType",
        "PKCS12",
        "javax.net.ssl.trustStorePassword",
        new String(PASSWORD));
  }

  @Override
  public void close() {
    try {
      for (String file : List.of("keys.p12", "sandbox.pem")) {
        Files.deleteIfExists(directory.resolve(file));
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's key pair was left in " + directory, e);
    }
  }
}
