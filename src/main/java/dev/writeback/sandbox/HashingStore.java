package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An S3 for sizes: takes objects over the same wire and keeps of each its length, its SHA-256 and
 * what was said of it, but not its bytes. ETags are not MD5 sums; S3 does not promise that they
 * are.
 */
final class HashingStore implements ObjectStore {

  private static final String METADATA = "x-amz-meta-";
  private static final String ENCRYPTION = "x-amz-server-side-encryption";
  private static final String CUSTOMER_KEY = "x-amz-server-side-encryption-customer-key";
  private static final Pattern PART =
      Pattern.compile(
          "<Part>(?=.*?<PartNumber>(\\d+)</PartNumber>)(?=.*?<ETag>(?:&quot;|\")?([^<&\"]+))"
              + ".*?</Part>",
          Pattern.DOTALL);

  private final Map<String, StoredObject> objects = new ConcurrentSkipListMap<>();
  private final Map<String, HashingUpload> uploads = new ConcurrentHashMap<>();

  @Override
  public S3Answer serve(S3Target target, HttpExchange exchange, InputStream body)
      throws IOException, AwsError {
    String key = target.key();
    return switch (target.operation()) {
      case PUT_OBJECT -> put(key, exchange, body);
      case CREATE_MULTIPART_UPLOAD -> create(key, exchange);
      case UPLOAD_PART -> {
        UploadedBody part = UploadedBody.read(exchange, body);
        CustomerKeyRule.check(exchange, upload(target).headers());
        String eTag = upload(target).put(target.partNumber(), part);
        yield answer(part.answerHeaders(eTag), encryption(kept(exchange)));
      }
      case COMPLETE_MULTIPART_UPLOAD -> complete(target, exchange, body);
      case ABORT_MULTIPART_UPLOAD -> {
        upload(target);
        uploads.remove(target.uploadId());
        yield S3Answer.empty(204, Map.of());
      }
      case HEAD_OBJECT -> head(key, exchange);
      case DELETE_OBJECT -> {
        objects.remove(key);
        yield S3Answer.empty(204, Map.of());
      }
      case HEAD_BUCKET -> S3Answer.empty(200, Map.of("x-amz-bucket-region", Sandbox.REGION));
      case LIST_PARTS,
          LIST_MULTIPART_UPLOADS,
          COPY_OBJECT,
          GET_OBJECT,
          LIST_OBJECTS,
          GET_BUCKET_LOCATION,
          OTHER ->
          throw new AwsError(
              501,
              "NotImplemented",
              "The sandbox's hashing sink keeps no bytes and has no " + target.operation() + ".");
    };
  }

  private S3Answer put(String key, HttpExchange exchange, InputStream body)
      throws IOException, AwsError {
    UploadedBody uploaded = UploadedBody.read(exchange, body);
    CustomerKeyRule.check(exchange);
    String sha256 = Signature.sha256(uploaded.bytes());
    Map<String, String> headers = kept(exchange);
    StoredObject object = object(key, uploaded.bytes().length, sha256, 1, eTag(sha256), headers);
    store(object, exchange);
    return answer(uploaded.answerHeaders(object.eTag()), encryption(headers));
  }

  private S3Answer create(String key, HttpExchange exchange) throws AwsError {
    CustomerKeyRule.check(exchange);
    String id = UUID.randomUUID().toString();
    Map<String, String> headers = kept(exchange);
    uploads.put(id, new HashingUpload(key, headers, sha256()));
    return S3Answer.xml(
        200,
        encryption(headers),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <InitiateMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><UploadId>%s</UploadId></InitiateMultipartUploadResult>"""
            .formatted(Sandbox.BUCKET, AwsError.escape(key), id));
  }

  private S3Answer complete(S3Target target, HttpExchange exchange, InputStream body)
      throws IOException, AwsError {
    HashingUpload upload = upload(target);
    Map<Integer, String> listed = new TreeMap<>();
    Matcher parts = PART.matcher(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    while (parts.find()) {
      listed.put(Integer.valueOf(parts.group(1)), parts.group(2));
    }
    refuseIfThere(target.key(), exchange);
    StoredObject object = upload.complete(listed);
    store(object, exchange);
    uploads.remove(target.uploadId());
    return S3Answer.xml(
        200,
        encryption(upload.headers()),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <CompleteMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><ETag>"%s"</ETag></CompleteMultipartUploadResult>"""
            .formatted(Sandbox.BUCKET, AwsError.escape(target.key()), object.eTag()));
  }

  private S3Answer head(String key, HttpExchange exchange) throws AwsError {
    StoredObject object = objects.get(key);
    if (object == null) {
      throw new AwsError(404, "NoSuchKey", "The specified key does not exist.");
    }
    CustomerKeyRule.check(exchange, object.headers());
    Map<String, String> headers = new LinkedHashMap<>(object.headers());
    object.metadata().forEach((name, value) -> headers.put(METADATA + name, value));
    headers.put("ETag", '"' + object.eTag() + '"');
    return new S3Answer(200, headers, InputStream.nullInputStream(), object.length());
  }

  private synchronized void store(StoredObject object, HttpExchange exchange) throws AwsError {
    refuseIfThere(object.key(), exchange);
    objects.put(object.key(), object);
  }

  private void refuseIfThere(String key, HttpExchange exchange) throws AwsError {
    if (exchange.getRequestHeaders().containsKey("If-None-Match") && objects.containsKey(key)) {
      throw new AwsError(
          412,
          "PreconditionFailed",
          "At least one of the pre-conditions you specified did not hold");
    }
  }

  private HashingUpload upload(S3Target target) throws AwsError {
    HashingUpload upload = uploads.get(target.uploadId());
    if (upload == null || !upload.key().equals(target.key())) {
      throw new AwsError(
          404,
          "NoSuchUpload",
          "The specified multipart upload does not exist. The upload ID might be invalid, or the"
              + " multipart upload might have been aborted or completed.");
    }
    return upload;
  }

  private static S3Answer answer(Map<String, String> headers, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return S3Answer.empty(200, all);
  }

  /** What S3 keeps with an object of the headers that it came with. */
  private static Map<String, String> kept(HttpExchange exchange) {
    Map<String, String> kept = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              boolean keep =
                  lower.startsWith(METADATA)
                      || lower.startsWith(ENCRYPTION)
                      || lower.equals("x-amz-storage-class")
                      || lower.equals("x-amz-tagging")
                      || lower.equals("cache-control")
                      || lower.startsWith("content-") && !lower.equals("content-length");
              if (keep && !lower.equals(CUSTOMER_KEY)) {
                kept.put(lower, values.get(0));
              }
            });
    kept.computeIfPresent(
        "content-encoding",
        (name, value) -> {
          String rest = value.replaceAll("aws-chunked,?\\s*", "");
          return rest.isEmpty() ? null : rest;
        });
    return kept;
  }

  private static Map<String, String> encryption(Map<String, String> headers) {
    Map<String, String> encryption = new LinkedHashMap<>(headers);
    encryption.keySet().removeIf(name -> !name.startsWith(ENCRYPTION));
    return encryption;
  }

  static StoredObject object(
      String key, long length, String sha256, int parts, String eTag, Map<String, String> kept) {
    Map<String, String> metadata = new TreeMap<>();
    Map<String, String> headers = new TreeMap<>();
    kept.forEach(
        (name, value) -> {
          if (name.startsWith(METADATA)) {
            metadata.put(name.substring(METADATA.length()), value);
          } else {
            headers.put(name, value);
          }
        });
    headers.put(
        "last-modified",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
    return new StoredObject(key, length, sha256, parts, eTag, metadata, headers);
  }

  static String eTag(String of) {
    return Signature.sha256(of).substring(0, 32);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<StoredObject> objects() {
    return new ArrayList<>(objects.values());
  }

  @Override
  public List<String> openUploads() {
    return new ArrayList<>(uploads.keySet());
  }

  @Override
  public byte[] bytes(String key) {
    throw new UnsupportedOperationException("The hashing sink keeps no bytes: ask for the SHA-256");
  }

  @Override
  public InputStream open(String key) {
    return new ByteArrayInputStream(bytes(key));
  }

  @Override
  public void put(String key, byte[] bytes) {
    String sha256 = Signature.sha256(bytes);
    objects.put(key, object(key, bytes.length, sha256, 1, eTag(sha256), Map.of()));
  }

  @Override
  public void empty() {
    objects.clear();
    uploads.clear();
  }

  @Override
  public void close() {
    empty();
  }
}
