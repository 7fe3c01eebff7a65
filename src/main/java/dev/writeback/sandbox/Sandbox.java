package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

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

  private Sandbox(Builder builder) throws IOException {
    SessionKeys keys = new SessionKeys();
    domo = new SandboxDomo();
    sts = new SandboxSts(keys, builder.keyLife);
    s3 = new SandboxS3(keys, S3ProxyStore.start(keys));
    HttpHandler control = domo::handle;
    domoPort = HttpPort.open("domo", builder.domoPort, null, control);
    stsPort = HttpPort.open("sts", builder.stsPort, null, sts::handle);
    s3Port = HttpPort.open("s3", builder.s3Port, null, s3::handle);
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

  /** Ends everything, stalled requests too. */
  @Override
  public void close() {
    domoPort.close();
    stsPort.close();
    s3Port.close();
    s3.close();
  }

  /**
   * What a sandbox is to be like.
   *
   * <ul>
   *   <li>ports: free ones
   *   <li>keyLife: as the caller of AssumeRole asks
   * </ul>
   */
  public static final class Builder {

    private int domoPort;
    private int stsPort;
    private int s3Port;
    private Duration keyLife;

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

    public Sandbox start() throws IOException {
      return new Sandbox(this);
    }
  }
}
