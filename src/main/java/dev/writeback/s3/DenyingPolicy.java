package dev.writeback.s3;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kind of policy that AWS names as the reason of a denial, as in <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Troubleshoot
 * access denied error messages</a>: {@code because no session policy allows the ... action}, {@code
 * with an explicit deny in a resource-based policy}.
 */
enum DenyingPolicy {
  IDENTITY("identity-based policy"),
  RESOURCE("resource-based policy"),
  SESSION("session policy"),
  BOUNDARY("permissions boundary"),
  SERVICE_CONTROL("service control policy"),
  RESOURCE_CONTROL("resource control policy"),
  ENDPOINT("VPC endpoint policy");

  private static final Pattern MISSING =
      Pattern.compile("because no ([A-Za-z -]+?) allows", Pattern.CASE_INSENSITIVE);
  private static final Pattern EXPLICIT =
      Pattern.compile(
          "explicit deny in an? (?:\\(?)([A-Za-z -]+?)(?:\\)?)(?=$|[.:;,(\"])",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern REQUEST =
      Pattern.compile(
          "not authorized to perform: ([a-z0-9]+:[A-Za-z]+)(?: on resource: \"?([^\"\\s]+))?");

  private final String words;

  DenyingPolicy(String words) {
    this.words = words;
  }

  /**
   * What a denial says of itself; each part may be missing, as servers that imitate AWS say none.
   *
   * @param policy null where no kind of policy is named
   * @param explicit whether a policy denies it, rather than none allowing it
   * @param action such as {@code kms:GenerateDataKey}; or null
   * @param resource an ARN; or null
   */
  record Denial(DenyingPolicy policy, boolean explicit, String action, String resource) {

    static Denial in(String message) {
      String text = message == null ? "" : message;
      Matcher request = REQUEST.matcher(text);
      boolean found = request.find();
      Optional<DenyingPolicy> denying = named(EXPLICIT, text);
      return new Denial(
          denying.or(() -> named(MISSING, text)).orElse(null),
          denying.isPresent(),
          found ? request.group(1) : null,
          found ? request.group(2) : null);
    }

    boolean isOfKms() {
      return action != null && action.startsWith("kms:");
    }
  }

  private static Optional<DenyingPolicy> named(Pattern pattern, String message) {
    Matcher matcher = pattern.matcher(message);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String words = matcher.group(1).strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(policy -> policy.words.toLowerCase(Locale.ROOT).equals(words))
        .findFirst();
  }
}
