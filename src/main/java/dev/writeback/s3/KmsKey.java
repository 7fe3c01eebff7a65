package dev.writeback.s3;

import java.util.regex.Pattern;

/**
 * The name of a KMS key: its ARN, its id or its alias (<a
 * href="https://docs.aws.amazon.com/kms/latest/developerguide/concepts-intro.html">key
 * identifiers</a>).
 */
final class KmsKey {

  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:(key|alias)/[\\w/-]+");
  private static final Pattern ID =
      Pattern.compile("mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern ALIAS = Pattern.compile("alias/[\\w/-]+");
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  private KmsKey() {}

  static boolean isArn(String key) {
    return ARN.matcher(key).matches();
  }

  static boolean isName(String key) {
    return isArn(key) || ID.matcher(key).matches() || ALIAS.matcher(key).matches();
  }

  /** The region in a key's ARN. */
  static String region(String arn) {
    return arn.split(":")[3];
  }

  /**
   * What a policy calls the key. A policy knows no alias, so that one stands for all keys of its
   * account and region; none stands for those of the role's account, where S3 has one of its own.
   *
   * @param key as a job names it, or null
   */
  static String resource(String key, AssumedRole role) {
    if (key != null && isArn(key)) {
      return key.contains(":key/") ? key : key.substring(0, key.indexOf("alias/")) + "key/*";
    }
    String account = role.getRoleArn().split(":")[4];
    if (!ACCOUNT.matcher(account).matches()) {
      return "*";
    }
    return "arn:"
        + role.getPartition()
        + ":kms:"
        + role.getRegion()
        + ":"
        + account
        + ":key/"
        + (key != null && ID.matcher(key).matches() ? key : "*");
  }
}
