package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.jcajce.JcePGPDataEncryptorBuilder;

/** All that needs Bouncy Castle to write: the data format itself loads without it. */
final class PgpEncryption {

  private static final int BUFFER_SIZE = 64 * 1024;

  private PgpEncryption() {}

  /**
   * Reads the input to its end; closes neither stream.
   *
   * @param publicKeys one or several certificates
   * @throws IllegalArgumentException where one of them cannot be used now
   */
  static void encrypt(byte[] publicKeys, InputStream in, OutputStream out)
      throws IOException, PGPException {
    // The JDK's AES, which is many times as quick as Bouncy Castle's own.
    PGPEncryptedDataGenerator encryption =
        new PGPEncryptedDataGenerator(
            new JcePGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                .setWithIntegrityPacket(true)
                .setSecureRandom(new SecureRandom()));
    for (PGPPublicKey recipient : PgpRecipients.of(publicKeys, Instant.now())) {
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
}
