package dev.writeback.format;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.camel.support.service.ServiceSupport;

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
      PgpEncryption.encrypt(publicKeys.get(), in, out);
    }
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
