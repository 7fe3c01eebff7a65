package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.camel.support.service.ServiceSupport;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.jcajce.JcePGPDataEncryptorBuilder;

/**
 * Encrypts for the holders of OpenPGP keys (RFC 4880), by {@code org.bouncycastle:bcpg-jdk18on}:
 * AES-256, with an integrity packet, not signed, not compressed, no armour, neither a name nor a
 * date. It streams; when the body fails, what was written until then is left without its end, and
 * no reader takes it for whole.
 */
@Dataformat("openpgp")
@Configurer
@Metadata(firstVersion = "0.1.0", title = "OpenPGP", label = "dataformat,transformation,security")
public class PgpDataFormat extends ServiceSupport implements DataFormat, DataFormatName {

  private static final int BUFFER_SIZE = 64 * 1024;

  @Metadata(
      required = true,
      description =
          "Gives the public keys of all who may read, armoured or binary. It is asked once for each"
              + " message")
  private Supplier<byte[]> publicKeys;

  @Override
  public String getDataFormatName() {
    return "openpgp";
  }

  @Override
  protected void doInit() {
    if (publicKeys == null) {
      throw new IllegalArgumentException("openpgp: publicKeys is missing.");
    }
    Library.require(
        "openpgp",
        "org.bouncycastle:bcpg-jdk18on",
        () -> PgpRecipients.of(publicKeys.get(), Instant.now()));
  }

  @Override
  public void marshal(Exchange exchange, Object body, OutputStream out) throws Exception {
    try (InputStream in =
        exchange
            .getContext()
            .getTypeConverter()
            .mandatoryConvertTo(InputStream.class, exchange, body)) {
      encrypt(in, out);
    }
  }

  private void encrypt(InputStream in, OutputStream out) throws IOException, PGPException {
    // The JDK's AES, which is many times as quick as Bouncy Castle's own.
    PGPEncryptedDataGenerator encryption =
        new PGPEncryptedDataGenerator(
            new JcePGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                .setWithIntegrityPacket(true)
                .setSecureRandom(new SecureRandom()));
    for (PGPPublicKey recipient : PgpRecipients.of(publicKeys.get(), Instant.now())) {
      encryption.addMethod(new BcPublicKeyKeyEncryptionMethodGenerator(recipient));
    }
    // Neither stream is closed after a failure: closing one writes its end.
    OutputStream encrypted = encryption.open(out, new byte[BUFFER_SIZE]);
    OutputStream literal =
        new PGPLiteralDataGenerator()
            .open(encrypted, PGPLiteralData.BINARY, "", new Date(0), new byte[BUFFER_SIZE]);
    byte[] buffer = new byte[BUFFER_SIZE];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      literal.write(buffer, 0, read);
    }
    literal.close();
    encrypted.close();
  }

  /** Not supported: the private keys are elsewhere. */
  @Override
  public Object unmarshal(Exchange exchange, InputStream in) {
    throw new UnsupportedOperationException(
        "The data format 'openpgp' only marshals; to decrypt, use Camel's 'pgp' or gpg.");
  }

  public Supplier<byte[]> getPublicKeys() {
    return publicKeys;
  }

  public void setPublicKeys(Supplier<byte[]> publicKeys) {
    this.publicKeys = publicKeys;
  }
}
