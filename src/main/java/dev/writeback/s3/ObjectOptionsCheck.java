package dev.writeback.s3;

import dev.writeback.run.EncryptionKey;
import dev.writeback.run.MetadataText;
import dev.writeback.run.NearestWord;
import dev.writeback.run.RunException;
import dev.writeback.run.RunMetadata;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * What S3 takes of an object's options: the rules of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">tags</a>, <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">user metadata</a>
 * and of encryption with keys of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html">KMS</a>
 * and of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html">customers</a>.
 */
final class ObjectOptionsCheck {

  private static final int MOST_TAGS = 10;
  private static final Pattern TAG_NAME =
      Pattern.compile("(?!aws:)[\\p{L}\\p{N} +\\-=._:/@]{1,128}");
  private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{N} +\\-=._:/@]{0,256}");
  private static final Pattern METADATA_NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** What the run's own metadata take, but for the job's id. */
  private static final int OF_THE_RUN = 256;

  private final ObjectOptions options;
  private final AssumedRole role;
  private final CamelContext context;
  private final List<String> problems = new ArrayList<>();

  ObjectOptionsCheck(ObjectOptions options, AssumedRole role, CamelContext context) {
    this.options = options;
    this.role = role;
    this.context = context;
  }

  List<String> problems() {
    encryption();
    metadata();
    tags();
    owner(options.getExpectedBucketOwner()).ifPresent(problems::add);
    return List.copyOf(problems);
  }

  /** What is wrong with a bucket owner's account id. */
  static Optional<String> owner(String account) {
    return account == null || ACCOUNT.matcher(account).matches()
        ? Optional.empty()
        : Optional.of("expectedBucketOwner - not an account id - '" + account + "' - 12 digits");
  }

  private void encryption() {
    switch (options.getEncryptionMethod()) {
      case NONE, PGP -> {}
      case SSE_S3 -> noKey();
      case SSE_KMS, DSSE_KMS -> kmsKey();
      case SSE_C -> customerKey();
    }
  }

  private void noKey() {
    if (options.getEncryptionKey() != null) {
      problems.add(
          "encryptionKey - sse-s3 has no key of yours - '"
              + options.getEncryptionKey()
              + "' - leave it out, or set encryptionMethod to sse-kms");
    }
  }

  private void kmsKey() {
    String key = options.getEncryptionKey();
    // Other servers call their keys what they like.
    if (key == null || role.getS3Endpoint() != null) {
      return;
    }
    if (KmsKey.isArn(key)) {
      if (!KmsKey.region(key).equals(role.getRegion())) {
        problems.add(
            "encryptionKey - a key of "
                + KmsKey.region(key)
                + " - '"
                + key
                + "' - one of the bucket's region, "
                + role.getRegion());
      }
    } else if (!KmsKey.isName(key)) {
      problems.add(
          "encryptionKey - not a KMS key - '"
              + key
              + "' - a key's id, its ARN, or its alias with the prefix, like alias/landing");
    }
  }

  private void customerKey() {
    String name = options.getEncryptionKey();
    if (role.getS3Endpoint() != null && isInTheClear(URI.create(role.getS3Endpoint()))) {
      problems.add(
          "encryptionMethod - sse-c sends its key with each request, and S3 refuses that without"
              + " TLS - '"
              + role.getS3Endpoint()
              + "' - give the role an s3Endpoint with https");
    }
    if (name == null) {
      problems.add("encryptionKey - missing - sse-c needs the name of a key bean");
      return;
    }
    CustomerKey.bean(context, name)
        .ifPresentOrElse(
            bean -> {
              // A bean that is wrong in itself says so.
              if (bean.problems().isEmpty() && !isKey(bean)) {
                problems.add(
                    "encryptionKey - not a key for sse-c - '"
                        + name
                        + "' - a key bean with 256 bits: 32 bytes, or their base64");
              }
            },
            () -> {
              Set<String> names = keyNames();
              problems.add(
                  "encryptionKey - no key bean has this name - '"
                      + name
                      + "' - "
                      + NearestWord.to(name, names)
                          .map(word -> "did you mean '" + word + "'?")
                          .orElse(
                              names.isEmpty()
                                  ? "none is defined"
                                  : "known are " + String.join(", ", names)));
            });
  }

  private static boolean isKey(EncryptionKey bean) {
    try {
      return CustomerKey.of(bean.get()).isPresent();
    } catch (RunException unreadable) {
      return false;
    }
  }

  private Set<String> keyNames() {
    return new TreeSet<>(context.getRegistry().findByTypeWithName(EncryptionKey.class).keySet());
  }

  /** What stays on this machine is nobody's to hear. */
  private static boolean isInTheClear(URI endpoint) {
    return "http".equals(endpoint.getScheme()) && !LOOPBACK.contains(endpoint.getHost());
  }

  private void metadata() {
    int bytes = OF_THE_RUN;
    for (Map.Entry<String, String> one : parsed("metadata", options.getMetadata()).entrySet()) {
      String name = one.getKey();
      bytes += name.length() + MetadataText.of(one.getValue()).length();
      if (!METADATA_NAME.matcher(name).matches()) {
        problems.add(
            "metadata - not a name - '" + name + "' - letters, digits, dots, hyphens and _");
      } else if (RunMetadata.NAMES.contains(name.toLowerCase(Locale.ROOT))) {
        problems.add("metadata - the run's own name - '" + name + "' - call it otherwise");
      } else if (one.getValue().isEmpty()) {
        problems.add("metadata - no value - '" + name + "' - a value, or leave the name out");
      }
    }
    if (bytes > ObjectOptions.MOST_METADATA) {
      problems.add(
          "metadata - too long - '"
              + (bytes - OF_THE_RUN)
              + " bytes' - "
              + (ObjectOptions.MOST_METADATA - OF_THE_RUN)
              + " at most, since S3 keeps "
              + ObjectOptions.MOST_METADATA
              + " and a run has its own");
    }
  }

  private void tags() {
    Map<String, String> tags = parsed("tags", options.getTags());
    if (tags.size() > MOST_TAGS) {
      problems.add("tags - too many - '" + tags.size() + "' - an object has 10 at most");
    }
    tags.forEach(
        (name, value) -> {
          if (!TAG_NAME.matcher(name).matches()) {
            problems.add(
                "tags - not a name - '"
                    + name
                    + "' - 1 to 128 letters, digits, spaces and +-=._:/@, not beginning with aws:");
          }
          if (!TAG_VALUE.matcher(value).matches()) {
            problems.add(
                "tags - not a value for "
                    + name
                    + " - '"
                    + value
                    + "' - up to 256 letters, digits, spaces and +-=._:/@");
          }
        });
  }

  private Map<String, String> parsed(String option, String text) {
    try {
      return NamedValues.parse(text);
    } catch (IllegalArgumentException unreadable) {
      problems.add(
          option
              + " - "
              + unreadable.getMessage()
              + " - '"
              + text
              + "' - each name once, as in team=finance, note=\"a, b\"");
      return Map.of();
    }
  }
}
