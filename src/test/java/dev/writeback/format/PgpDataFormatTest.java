package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GnuPG reads what is written, and nobody takes a part for the whole. */
class PgpDataFormatTest {

  private static GnuPg gpg;
  private static GnuPg other;

  private final DefaultCamelContext context = new DefaultCamelContext();

  @TempDir Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    gpg =
        GnuPg.open()
            .person("Alice <alice@example.com>")
            .key("Bob <bob@example.com>", "future-default", "default", "1y")
            .key("Signer <signer@example.com>", "ed25519", "sign", "never")
            .key("Brief <brief@example.com>", "default", "default", "seconds=1");
    other = GnuPg.open().person("Carol <carol@example.com>");
  }

  @AfterAll
  static void forgetKeys() throws Exception {
    gpg.close();
    other.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 65536, 3_000_001})
  void isReadByItsRecipient(int length) throws Exception {
    byte[] text = Sources.noise(length);

    assertThat(gpg.decrypted(encrypted(gpg.exported("Alice"), text))).isEqualTo(text);
  }

  @Test
  void isReadByEachRecipientAndNobodyElse() throws Exception {
    byte[] text = Sources.noise(100_000);
    byte[] binary = gpg.exported("Bob");
    byte[] armoured = gpg.run("--armor", "--export", "Bob");
    byte[] carol = other.run("--armor", "--export", "Carol");

    Path both = encrypted(joined(armoured, carol), text);
    assertThat(gpg.decrypted(both)).isEqualTo(text);
    assertThat(other.decrypted(both)).isEqualTo(text);
    assertThat(gpg.packets(both)).contains("pubkey enc packet").doesNotContain("compressed");

    assertThat(other.accepts(encrypted(binary, text))).isFalse();
    assertThat(gpg.decrypted(encrypted(gpg.exported("Alice", "Bob"), text))).isEqualTo(text);
  }

  @Test
  void isAes256WithAnIntegrityPacketAndTellsNoNameAndTime() throws Exception {
    String packets = gpg.packets(encrypted(gpg.exported("Alice"), Sources.noise(10)));

    assertThat(packets)
        .contains("mdc_method: 2")
        .contains("literal data packet", "mode b (62), created 0, name=\"\"");
    assertThat(
            new String(
                gpg.run(
                    "--verbose",
                    "--show-session-key",
                    "--list-packets",
                    "--status-fd",
                    "1",
                    encrypted(gpg.exported("Alice"), Sources.noise(10)).toString()),
                StandardCharsets.UTF_8))
        .contains("DECRYPTION_INFO 2 9");
  }

  @Test
  void aBodyThatFailsLeavesNoWholeMessage() throws Exception {
    IOException cut = new IOException("cut");
    InputStream source = Sources.failing(Sources.noise(300_000), cut);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> marshal(gpg.exported("Alice"), source, out)).isSameAs(cut);

    assertThat(out.size()).isPositive();
    assertThat(gpg.accepts(Files.write(folder.resolve("part"), out.toByteArray()))).isFalse();
  }

  @Test
  void aMessageThatLacksItsEndIsRefused() throws Exception {
    Path whole = encrypted(gpg.exported("Alice"), Sources.noise(300_000));
    byte[] bytes = Files.readAllBytes(whole);

    assertThat(gpg.accepts(whole)).isTrue();
    assertThat(gpg.accepts(Files.write(whole, Arrays.copyOf(bytes, bytes.length - 1)))).isFalse();
  }

  @Test
  void encryptsAsItReads() throws Exception {
    Sources.Counted source = new Sources.Counted(5_000_000);
    OutputStream out =
        new OutputStream() {
          private long written;

          @Override
          public void write(int b) {
            written++;
          }

          @Override
          public void write(byte[] bytes, int offset, int count) {
            written += count;
            assertThat(source.given() - written).as("bytes held back").isLessThan(400_000);
          }
        };

    marshal(gpg.exported("Alice"), source, out);
  }

  @Test
  void aKeyThatCannotBeUsedIsRefusedAtStart() throws Exception {
    byte[] alice = gpg.exported("Alice");
    assertRefused(
        gpg.exported("Signer"),
        "cannot encrypt, or its signatures are not to be trusted - 'Signer <signer@example.com>'"
            + " - a public key that is valid and that may encrypt");
    assertRefused(
        joined(alice, gpg.exported("Signer")),
        "cannot encrypt, or its signatures are not to be trusted - 'Signer <signer@example.com>'"
            + " - a public key that is valid and that may encrypt");
    assertRefused(
        gpg.run("--export-secret-keys", "Alice"),
        "a private key, which must not leave its owner - 'Alice <alice@example.com>' - what 'gpg"
            + " --export NAME' writes");
    assertRefused(
        "sesame".getBytes(StandardCharsets.UTF_8),
        "not an OpenPGP public key - what 'gpg --export NAME' writes");
    assertRefused(
        Arrays.copyOf(alice, alice.length / 2),
        "not an OpenPGP public key - what 'gpg --export NAME' writes");
  }

  @Test
  void aKeyThatHasExpiredIsRefused() throws Exception {
    byte[] brief = gpg.exported("Brief");
    Instant now = Instant.now();

    assertThatThrownBy(() -> PgpRecipients.of(brief, now.plusSeconds(3600)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "expired on \\d{4}-\\d\\d-\\d\\d - 'Brief <brief@example.com>' - a public key that is"
                + " valid and that may encrypt");
    assertThat(PgpRecipients.of(gpg.exported("Bob"), now)).hasSize(1);
    assertThatThrownBy(() -> PgpRecipients.of(gpg.exported("Bob"), now.plusSeconds(400L * 86400)))
        .hasMessageStartingWith("expired on ");
  }

  @Test
  void aKeyThatWasRevokedIsRefused() throws Exception {
    try (GnuPg dora = GnuPg.open().person("Dora <dora@example.com>")) {
      byte[] valid = dora.exported("Dora");
      assertThat(PgpRecipients.of(valid, Instant.now())).hasSize(1);
      dora.revokeTheOnlyKey();

      assertRefused(
          dora.exported("Dora"),
          "revoked - 'Dora <dora@example.com>' - a public key that is valid and that may encrypt");
    }
  }

  private void assertRefused(byte[] keys, String message) {
    PgpDataFormat pgp = new PgpDataFormat();
    pgp.setPublicKeys(() -> keys);

    assertThatThrownBy(pgp::init).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private Path encrypted(byte[] keys, byte[] text) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    marshal(keys, new ByteArrayInputStream(text), out);
    return Files.write(Files.createTempFile(folder, "message", ".pgp"), out.toByteArray());
  }

  private void marshal(byte[] keys, InputStream in, OutputStream out) throws Exception {
    PgpDataFormat pgp = (PgpDataFormat) context.createDataFormat("openpgp");
    pgp.setPublicKeys(() -> keys);
    pgp.start();
    pgp.marshal(new DefaultExchange(context), in, out);
    pgp.stop();
  }

  private static byte[] joined(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
