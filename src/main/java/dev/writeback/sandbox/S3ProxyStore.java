package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import dev.writeback.sandbox.nio2blob.DiskBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.Constants;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * S3Proxy: in this process, with everything in memory or in a folder, or in another one. In this
 * process it gets requests as they were signed, and checks signature and digests itself; another
 * one knows nobody's keys, and gets them unsigned.
 */
final class S3ProxyStore implements ObjectStore {

  private static final Set<String> NOT_PASSED_ON =
      Set.of("host", "content-length", "transfer-encoding", "connection", "expect", "keep-alive");
  private static final Set<String> OF_THE_SIGNER =
      Set.of("authorization", "x-amz-security-token", "x-amz-date");
  private static final int CONNECTIONS = 64;

  /** Where S3Proxy keeps what an upload was begun with: no object, though it lies among them. */
  private static final String OPEN_UPLOAD = ".s3proxy-mpu-stub-";

  /** Null where it is another process. */
  private final S3Proxy server;

  private final BlobStore blobs;
  private final HttpHost address;
  private final CloseableHttpClient client;
  private final WritesUnderWay writes = new WritesUnderWay();

  private S3ProxyStore(S3Proxy server, BlobStore blobs, HttpHost address) {
    this.server = server;
    this.blobs = blobs;
    this.address = address;
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS)
                    .build())
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableRedirectHandling()
            .disableCookieManagement()
            .build();
  }

  /**
   * @param folder where the objects lie; null to keep them in memory
   */
  static S3ProxyStore start(SessionKeys keys, Path folder) throws IOException {
    BlobStore blobs =
        folder == null
            ? BlobStores.create("transient-nio2", new Properties())
            : new DiskBlobStore(folder);
    blobs.createContainer(Sandbox.BUCKET);
    try {
      S3Proxy server =
          S3Proxy.builder()
              .endpoint(new URI("http://127.0.0.1:0"))
              .awsAuthentication(
                  AuthenticationType.AWS_V4, Sandbox.ACCESS_KEY_ID, Sandbox.SECRET_ACCESS_KEY)
              .blobStore(blobs)
              .ignoreUnknownHeaders(true)
              .build();
      server.setBlobStoreLocator(
          (identity, container, blob) ->
              keys.find(identity)
                  .map(key -> new AccessGrant(key.secretAccessKey(), blobs))
                  .orElse(null));
      server.start();
      return new S3ProxyStore(server, blobs, new HttpHost("http", "127.0.0.1", server.getPort()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IOException("S3Proxy did not start", e);
    }
  }

  /**
   * @param running an S3Proxy that asks nobody for a signature
   */
  static S3ProxyStore at(URI running) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(Constants.PROPERTY_ENDPOINT, running.toString());
    properties.setProperty(Constants.PROPERTY_IDENTITY, Sandbox.ACCESS_KEY_ID);
    properties.setProperty(Constants.PROPERTY_CREDENTIAL, Sandbox.SECRET_ACCESS_KEY);
    properties.setProperty(Constants.PROPERTY_REGION, Sandbox.REGION);
    BlobStore blobs = BlobStores.create("aws-s3", properties);
    blobs.createContainer(Sandbox.BUCKET);
    return new S3ProxyStore(null, blobs, HttpHost.create(running));
  }

  @Override
  public S3Answer serve(S3Target target, HttpExchange exchange, InputStream body)
      throws IOException {
    BasicClassicHttpRequest request =
        new BasicClassicHttpRequest(
            exchange.getRequestMethod(), address, exchange.getRequestURI().toString());
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (isPassedOn(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.addHeader(name, value));
              }
            });
    String host = exchange.getRequestHeaders().getFirst("Host");
    request.setHeader("Host", host);
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null || exchange.getRequestHeaders().containsKey("Transfer-Encoding")) {
      request.setEntity(
          new InputStreamEntity(body, length == null ? -1 : Long.parseLong(length), null));
    }
    return answer(
        writes.of(target.key(), () -> client.executeOpen(address, request, null)), target);
  }

  private boolean isPassedOn(String header) {
    return !NOT_PASSED_ON.contains(header) && !(server == null && OF_THE_SIGNER.contains(header));
  }

  private static S3Answer answer(ClassicHttpResponse response, S3Target target) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      if (!NOT_PASSED_ON.contains(name) && !name.equals("date") && !name.equals("server")) {
        headers.put(header.getName(), header.getValue());
      }
    }
    Header length = response.getFirstHeader("Content-Length");
    long told = length == null ? -1 : Long.parseLong(length.getValue());
    if (response.getEntity() == null) {
      response.close();
      InputStream none = InputStream.nullInputStream();
      return new S3Answer(response.getCode(), headers, none, Math.max(told, 0));
    }
    return new S3Answer(response.getCode(), headers, response.getEntity().getContent(), told);
  }

  @Override
  public List<StoredObject> objects() {
    Set<String> written = writes.keys();
    List<S3Object> listed = blobs.list(Sandbox.BUCKET).contents();
    written.addAll(writes.keys());
    List<StoredObject> objects = new ArrayList<>();
    for (S3Object entry : listed) {
      if (!entry.key().startsWith(OPEN_UPLOAD)
          && !WritesUnderWay.isUnfinished(entry.key(), written)) {
        object(entry.key()).ifPresent(objects::add);
      }
    }
    return objects;
  }

  private Optional<StoredObject> object(String key) {
    try (ResponseInputStream<GetObjectResponse> blob = blobs.getBlob(Sandbox.BUCKET, key)) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      long length = new DigestInputStream(blob, sha256).transferTo(OutputStream.nullOutputStream());
      GetObjectResponse head = blob.response();
      String eTag = head.eTag().replace("\"", "");
      int dash = eTag.indexOf('-');
      int parts = dash < 0 ? 1 : Integer.parseInt(eTag.substring(dash + 1));
      return Optional.of(
          new StoredObject(
              key,
              length,
              HexFormat.of().formatHex(sha256.digest()),
              parts,
              eTag,
              Map.copyOf(head.metadata()),
              headers(head)));
    } catch (NoSuchKeyException goneSince) {
      return Optional.empty();
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> headers(GetObjectResponse head) {
    Map<String, String> headers = new LinkedHashMap<>();
    put(headers, "content-type", head.contentType());
    put(headers, "content-encoding", head.contentEncoding());
    put(headers, "content-disposition", head.contentDisposition());
    put(headers, "cache-control", head.cacheControl());
    put(headers, "x-amz-storage-class", head.storageClassAsString());
    put(headers, "x-amz-server-side-encryption", head.serverSideEncryptionAsString());
    put(headers, "x-amz-server-side-encryption-aws-kms-key-id", head.ssekmsKeyId());
    return headers;
  }

  private static void put(Map<String, String> headers, String name, String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }

  @Override
  public List<String> openUploads() {
    return blobs.listMultipartUploads(Sandbox.BUCKET).stream()
        .map(MultipartUpload::uploadId)
        .toList();
  }

  @Override
  public byte[] bytes(String key) {
    try (ResponseInputStream<GetObjectResponse> blob = blobs.getBlob(Sandbox.BUCKET, key)) {
      return blob.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public InputStream open(String key) {
    return blobs.getBlob(Sandbox.BUCKET, key);
  }

  @Override
  public void put(String key, byte[] bytes) {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(Sandbox.BUCKET)
            .key(key)
            .contentLength((long) bytes.length)
            .build();
    blobs.putBlob(request, new ByteArrayInputStream(bytes));
  }

  @Override
  public void empty() {
    for (MultipartUpload open : blobs.listMultipartUploads(Sandbox.BUCKET)) {
      CreateMultipartUploadRequest begun =
          CreateMultipartUploadRequest.builder().bucket(Sandbox.BUCKET).key(open.key()).build();
      blobs.abortMultipartUpload(
          new org.gaul.s3proxy.blobstore.domain.MultipartUpload(open.uploadId(), begun));
    }
    for (StoredObject object : objects()) {
      blobs.removeBlob(Sandbox.BUCKET, object.key());
    }
  }

  @Override
  public void close() {
    try {
      client.close();
      if (server != null) {
        server.stop();
      }
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy did not stop", e);
    }
    blobs.close();
  }
}
