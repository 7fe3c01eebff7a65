package dev.writeback.format;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.OpenPGPSignature;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;

/** For whom is encrypted. Bouncy Castle tells which key of a certificate may be used, and when. */
final class PgpRecipients {

  private PgpRecipients() {}

  /**
   * One key for each certificate: the newest of those that are there to encrypt with.
   *
   * @param certificates one or several, armoured or binary
   * @throws IllegalArgumentException where one of them cannot be used at this time; the message is
   *     {@code what is wrong - 'whose key' - what would be right}
   */
  static List<PGPPublicKey> of(byte[] certificates, Instant now) {
    List<PGPPublicKey> recipients = new ArrayList<>();
    for (OpenPGPCertificate certificate : read(certificates)) {
      recipients.add(encryptionKey(certificate, Date.from(now)));
    }
    return recipients;
  }

  private static List<OpenPGPCertificate> read(byte[] certificates) {
    List<OpenPGPCertificate> found;
    try {
      found =
          new OpenPGPKeyReader(new BcOpenPGPImplementation()).parseKeysOrCertificates(certificates);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not an OpenPGP public key - " + EXPORTED, e);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("not an OpenPGP public key - " + EXPORTED);
    }
    return found;
  }

  private static final String EXPORTED = "what 'gpg --export NAME' writes";

  private static PGPPublicKey encryptionKey(OpenPGPCertificate certificate, Date now) {
    String owner = owner(certificate);
    if (certificate.isSecretKey()) {
      throw new IllegalArgumentException(
          "a private key, which must not leave its owner - '" + owner + "' - " + EXPORTED);
    }
    return certificate.getEncryptionKeys(now).stream()
        .max(Comparator.comparing(OpenPGPComponentKey::getCreationTime))
        .map(OpenPGPComponentKey::getPGPPublicKey)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    reason(certificate, now)
                        + " - '"
                        + owner
                        + "' - a public key that is valid and that may encrypt"));
  }

  private static String reason(OpenPGPCertificate certificate, Date now) {
    if (certificate.getRevocation(now) != null) {
      return "revoked";
    }
    return certificate.getKeys().stream()
        .map(key -> expiry(key, now))
        .filter(expiry -> expiry != null && expiry.before(now))
        .max(Comparator.naturalOrder())
        .map(expiry -> "expired on " + LocalDate.ofInstant(expiry.toInstant(), ZoneOffset.UTC))
        .orElse("cannot encrypt, or its signatures are not to be trusted");
  }

  /** Of a signature whose key has expired there is no latest one. */
  private static Date expiry(OpenPGPComponentKey key, Date now) {
    OpenPGPSignature signature = key.getLatestSelfSignature(now);
    return signature == null ? null : key.getKeyExpirationDateAt(now);
  }

  private static String owner(OpenPGPCertificate certificate) {
    String fingerprint = certificate.getPrettyFingerprint();
    return certificate.getAllUserIds().isEmpty()
        ? fingerprint
        : certificate.getAllUserIds().get(0).getUserId();
  }
}
