package dev.writeback.s3;

import dev.writeback.run.EncryptionMethod;
import dev.writeback.run.MetadataText;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * What a job asks of S3 for its object besides its bytes. An option that is blank is one that was
 * left out, so that a Kamelet's parameter may be left empty. Set once, then only read.
 *
 * <p>They stand here, and not with the {@code aws2-s3} producer, where that knows them in part or
 * not at all: it has no DSSE, no bucket key, no checksum, no owner and no tags for a write, and a
 * canned ACL only by the name of a Java constant.
 */
public final class ObjectOptions {

  /** S3 keeps so many bytes of user metadata, names and values together. */
  static final int MOST_METADATA = 2048;

  private EncryptionMethod encryptionMethod = EncryptionMethod.NONE;
  private String encryptionKey;
  private String metadata;
  private String tags;
  private ObjectCannedACL cannedAcl;
  private ChecksumAlgorithm checksumAlgorithm;
  private String expectedBucketOwner;

  /** The options of a job, by the names of its Kamelet's parameters. */
  static ObjectOptions of(CamelContext context, Map<String, String> parameters) {
    ObjectOptions options = new ObjectOptions();
    String method = parameters.get("encryptionMethod");
    if (method != null && !method.isBlank()) {
      options.setEncryptionMethod(
          context.getTypeConverter().convertTo(EncryptionMethod.class, method));
    }
    options.setEncryptionKey(parameters.get("encryptionKey"));
    options.setMetadata(parameters.get("metadata"));
    options.setTags(parameters.get("tags"));
    options.setCannedAcl(parameters.get("cannedAcl"));
    options.setChecksumAlgorithm(parameters.get("checksumAlgorithm"));
    options.setExpectedBucketOwner(parameters.get("expectedBucketOwner"));
    return options;
  }

  EncryptionMethod getEncryptionMethod() {
    return encryptionMethod;
  }

  /** How S3 encrypts the object. Default: as the bucket has it. PGP is none of S3's business. */
  public void setEncryptionMethod(EncryptionMethod encryptionMethod) {
    this.encryptionMethod = encryptionMethod == null ? EncryptionMethod.NONE : encryptionMethod;
  }

  String getEncryptionKey() {
    return encryptionKey;
  }

  /**
   * With KMS the key's id, ARN or alias; default: the account's key for S3. With SSE-C the name of
   * a bean {@link dev.writeback.run.EncryptionKey}, whose 256 bits are 32 bytes or their base64.
   */
  public void setEncryptionKey(String encryptionKey) {
    this.encryptionKey = unlessBlank(encryptionKey);
  }

  String getMetadata() {
    return metadata;
  }

  /** User metadata as {@code name=value, name=value}, beside the run's own. */
  public void setMetadata(String metadata) {
    this.metadata = unlessBlank(metadata);
  }

  String getTags() {
    return tags;
  }

  /** Object tags as {@code name=value, name=value}: at most 10. */
  public void setTags(String tags) {
    this.tags = unlessBlank(tags);
  }

  /** A canned ACL in S3's words, like {@code bucket-owner-full-control}. Default: none is sent. */
  public void setCannedAcl(String cannedAcl) {
    this.cannedAcl = unlessBlank(cannedAcl) == null ? null : ObjectCannedACL.fromValue(cannedAcl);
  }

  /**
   * The checksum that S3 checks each request's bytes by and keeps: {@code CRC32}, {@code CRC32C},
   * {@code SHA1} or {@code SHA256}. Default: CRC32, where the role's {@code checksums} let it.
   */
  public void setChecksumAlgorithm(String checksumAlgorithm) {
    this.checksumAlgorithm =
        unlessBlank(checksumAlgorithm) == null
            ? null
            : ChecksumAlgorithm.fromValue(checksumAlgorithm);
  }

  String getExpectedBucketOwner() {
    return expectedBucketOwner;
  }

  /** The account, 12 digits, without whose bucket S3 refuses. Default: the role's, or any. */
  public void setExpectedBucketOwner(String expectedBucketOwner) {
    this.expectedBucketOwner = unlessBlank(expectedBucketOwner);
  }

  /**
   * The request with all that these options ask for; what it says of itself stays.
   *
   * @param context where the key of SSE-C is found; may be null without one
   * @throws RunException if the key is none, or S3 has no room for the metadata
   */
  PutObjectRequest on(PutObjectRequest request, AssumedRole role, CamelContext context) {
    PutObjectRequest.Builder builder = request.toBuilder().metadata(metadata(request));
    if (tags != null) {
      builder.tagging(Tagging.builder().tagSet(tagSet()).build());
    }
    if (cannedAcl != null) {
      builder.acl(cannedAcl);
    }
    if (checksumAlgorithm != null) {
      builder.checksumAlgorithm(checksumAlgorithm);
    }
    String owner =
        expectedBucketOwner == null ? role.getExpectedBucketOwner() : expectedBucketOwner;
    if (owner != null) {
      builder.expectedBucketOwner(owner);
    }
    encrypt(builder, context);
    return builder.build();
  }

  private Map<String, String> metadata(PutObjectRequest request) {
    Map<String, String> all = new LinkedHashMap<>();
    NamedValues.parse(metadata)
        .forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), MetadataText.of(value)));
    // After the job's, so that a run's own cannot be replaced.
    all.putAll(request.metadata());
    int bytes = all.entrySet().stream().mapToInt(ObjectOptions::length).sum();
    if (bytes > MOST_METADATA) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "Cannot write "
              + S3Uri.of(request)
              + ": its metadata are "
              + bytes
              + " bytes long, with the run's own; S3 keeps "
              + MOST_METADATA
              + ". Shorten the job's metadata");
    }
    return all;
  }

  /** Of ASCII, so that a character is a byte. */
  private static int length(Map.Entry<String, String> one) {
    return one.getKey().length() + one.getValue().length();
  }

  private List<Tag> tagSet() {
    return NamedValues.parse(tags).entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  private void encrypt(PutObjectRequest.Builder builder, CamelContext context) {
    switch (encryptionMethod) {
      case NONE, PGP -> {}
      case SSE_S3 -> builder.serverSideEncryption(ServerSideEncryption.AES256);
      case SSE_KMS ->
          builder
              .serverSideEncryption(ServerSideEncryption.AWS_KMS)
              .ssekmsKeyId(encryptionKey)
              .bucketKeyEnabled(true);
      case DSSE_KMS ->
          // S3 knows no bucket key here.
          builder
              .serverSideEncryption(ServerSideEncryption.AWS_KMS_DSSE)
              .ssekmsKeyId(encryptionKey);
      case SSE_C -> {
        CustomerKey key = customerKey(context);
        builder
            .sseCustomerAlgorithm(CustomerKey.ALGORITHM)
            .sseCustomerKey(key.base64())
            .sseCustomerKeyMD5(key.md5());
      }
    }
  }

  private CustomerKey customerKey(CamelContext context) {
    return CustomerKey.bean(context, encryptionKey)
        .flatMap(bean -> CustomerKey.of(bean.get()))
        .orElseThrow(
            () ->
                new RunException(
                    Outcome.CONFIGURATION,
                    false,
                    "encryptionKey - no key for sse-c - '"
                        + encryptionKey
                        + "' - the name of a key bean that holds 256 bits"));
  }

  private static String unlessBlank(String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
