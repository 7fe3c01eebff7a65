package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.camel.util.FileUtil;

/**
 * A Domo, a Security Token Service and an S3 that know each other, on loopback, for tests and for
 * trying things out. Nothing in it is a secret, and nothing of it survives its end. Thread-safe.
 */
public final class Sandbox implements AutoCloseable {

  /** The OAuth client of the sandbox's Domo. */
  public static final String CLIENT_ID = "sandbox-client-id";

  /** The OAuth client's secret. */
  public static final String CLIENT_SECRET = "sandbox-client-secret";

  /** The caller's own long-lived key, which may assume the role and nothing else. */
  public static final String ACCESS_KEY_ID = "AKIASANDBOXSANDBOXSA";

  /** The secret of the caller's own key. */
  public static final String SECRET_ACCESS_KEY = "sandbox+secret/access+key/of+the+caller0";

  /** The one role that can be assumed. */
  public static final String ROLE_ARN = "arn:aws:iam::111122223333:role/domo-landing";

  /** What the role's trust policy asks for. */
  public static final String EXTERNAL_ID = "sandbox-external-id";

  /** The one bucket. */
  public static final String BUCKET = "landing";

  /** The region of the bucket. */
  public static final String REGION = "us-west-2";

  private final HttpPort domoPort;
  private final HttpPort stsPort;
  private final HttpPort s3Port;
  private final SandboxDomo domo;
  private final SandboxSts sts;
  private final SandboxS3 s3;
  private final Certificate certificate;
  private final Path folder;

  private Sandbox(Builder builder) throws IOException {
    SessionKeys keys = new SessionKeys();
    domo = new SandboxDomo();
    sts = new SandboxSts(keys, builder.keyLife);
    folder = builder.onDisk && !builder.hashingSink && builder.s3Proxy == null ? newFolder() : null;
    s3 = new SandboxS3(keys, builder.store(keys, folder));
    certificate = builder.https ? Certificate.make() : null;
    SSLContext tls = builder.https ? certificate.serverContext() : null;
    Control control = new Control(domo, sts, s3);
    domoPort = HttpPort.open("domo", builder.domoPort, tls, besides(control, domo::handle));
    stsPort = HttpPort.open("sts", builder.stsPort, tls, sts::handle);
    s3Port = HttpPort.open("s3", builder.s3Port, tls, besides(control, s3::handle));
  }

  /** What S3 tells of an object lies beside its bytes: where that cannot be, memory has to do. */
  private static Path newFolder() throws IOException {
    Path folder = Files.createTempDirectory("sandbox-objects");
    if (Files.getFileStore(folder).supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
      return folder;
    }
    Files.delete(folder);
    return null;
  }

  private static HttpHandler besides(Control control, HttpHandler handler) {
    return exchange -> {
      if (Control.isFor(exchange)) {
        control.handle(exchange);
      } else {
        handler.handle(exchange);
      }
    };
  }

  /** Starts everything on free ports. */
  public static Sandbox start() throws IOException {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  public URI domoUrl() {
    return domoPort.url();
  }

  public URI stsUrl() {
    return stsPort.url();
  }

  public URI s3Url() {
    return s3Port.url();
  }

  public SandboxDomo domo() {
    return domo;
  }

  public SandboxSts sts() {
    return sts;
  }

  public SandboxS3 s3() {
    return s3;
  }

  /** The certificate of a sandbox with HTTPS, in PEM; made at its start, gone at its end. */
  public Optional<Path> certificate() {
    return Optional.ofNullable(certificate).map(Certificate::pem);
  }

  /**
   * The system properties of a client in Java that trusts a sandbox with HTTPS, and nobody else; of
   * use as long as the sandbox runs. Empty without HTTPS.
   */
  public Map<String, String> trust() {
    return certificate == null ? Map.of() : certificate.trust();
  }

  /** Where the objects lie, if on the disk. */
  Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /** What is served where, in a few lines for people. */
  public String summary() {
    return """
        Domo  %s  client id %s, client secret %s
        %sSTS   %s  access key id %s, secret access key %s
              role %s, external id %s
        S3    %s  bucket %s in %s, only with keys of this STS
        Switches and counters: %s/sandbox lists them
        """
        .formatted(
            domoUrl(),
            CLIENT_ID,
            CLIENT_SECRET,
            domo.summary(),
            stsUrl(),
            ACCESS_KEY_ID,
            SECRET_ACCESS_KEY,
            ROLE_ARN,
            EXTERNAL_ID,
            s3Url(),
            BUCKET,
            REGION,
            domoUrl());
  }

  /** Ends everything, stalled requests too. */
  @Override
  public void close() {
    domoPort.close();
    stsPort.close();
    s3Port.close();
    s3.close();
    if (certificate != null) {
      certificate.close();
    }
    if (folder != null) {
      FileUtil.removeDir(folder.toFile());
    }
  }

  /**
   * What a sandbox is to be like.
   *
   * <ul>
   *   <li>ports: free ones
   *   <li>keyLife: as the caller of AssumeRole asks
   *   <li>hashingSink: false; the S3 is S3Proxy
   *   <li>onDisk: false; its objects are in memory
   *   <li>s3Proxy: one of its own
   *   <li>https: false
   * </ul>
   */
  public static final class Builder {

    private int domoPort;
    private int stsPort;
    private int s3Port;
    private Duration keyLife;
    private boolean hashingSink;
    private boolean onDisk;
    private URI s3Proxy;
    private boolean https;

    private Builder() {}

    /** The port of the Domo; default: a free one. */
    public Builder domoPort(int port) {
      domoPort = port;
      return this;
    }

    /** The port of the Security Token Service; default: a free one. */
    public Builder stsPort(int port) {
      stsPort = port;
      return this;
    }

    /** The port of the S3; default: a free one. */
    public Builder s3Port(int port) {
      s3Port = port;
      return this;
    }

    /**
     * How long minted keys really live, whatever the caller asks for; default: as long as asked.
     */
    public Builder keyLife(Duration life) {
      keyLife = life;
      return this;
    }

    /**
     * Whether the S3 keeps of each object only length and SHA-256, so that its size does not
     * matter; default: false.
     */
    public Builder hashingSink(boolean sink) {
      hashingSink = sink;
      return this;
    }

    /**
     * Whether the S3 keeps its objects in a temporary folder, which is removed at its end, so that
     * they may be larger than the heap; default: false.
     */
    public Builder onDisk(boolean disk) {
      onDisk = disk;
      return this;
    }

    /**
     * An S3Proxy in another process that keeps the objects; it has to take requests that are not
     * signed. Default: one in this process.
     */
    public Builder s3Proxy(URI running) {
      s3Proxy = running;
      return this;
    }

    /** Whether all three are served by HTTPS, with {@link Sandbox#certificate}; default: false. */
    public Builder https(boolean secure) {
      https = secure;
      return this;
    }

    private ObjectStore store(SessionKeys keys, Path folder) throws IOException {
      if (hashingSink) {
        return new HashingStore();
      }
      return s3Proxy == null ? S3ProxyStore.start(keys, folder) : S3ProxyStore.at(s3Proxy);
    }

    public Sandbox start() throws IOException {
      return new Sandbox(this);
    }
  }
}
