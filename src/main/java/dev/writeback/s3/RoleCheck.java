package dev.writeback.s3;

import dev.writeback.run.NearestWord;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;

/**
 * The shapes of a role's options, after <a
 * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a> and
 * the <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">bucket
 * naming rules</a>. Other STS servers than AWS's have other role ARNs, so that with {@code
 * stsEndpoint} only an ARN of some role is asked for.
 */
final class RoleCheck {

  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}");
  private static final Pattern ANY_ROLE =
      Pattern.compile("arn:[^:]+:iam:[^:]*:[^:]*:role/.{1,1980}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
  private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Pattern REGION = Pattern.compile("[a-z]+(-[a-z]+)*(-\\d+)?");
  private static final Pattern BUCKET =
      Pattern.compile(
          "[a-z0-9](?!.*\\.\\.)[a-z0-9.-]{1,61}[a-z0-9]"
              + "|arn:aws[a-z-]*:s3:[a-z0-9-]+:\\d{12}:accesspoint/[a-z0-9-]{3,50}");
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(12);

  private final AssumedRole role;
  private final List<String> problems = new ArrayList<>();

  RoleCheck(AssumedRole role) {
    this.role = role;
  }

  List<String> problems() {
    session();
    shape("region", role.getRegion(), REGION, "the bucket's region, like us-west-2");
    if (role.getS3Endpoint() == null) {
      known("region", role.getRegion(), "s3Endpoint");
    }
    if (isSet(role.getBucket())) {
      shape(
          "bucket",
          role.getBucket(),
          BUCKET,
          "the bucket's name alone (3 to 63 lower-case letters, digits, dots and hyphens) or an"
              + " access point's ARN");
    }
    ObjectOptionsCheck.owner(role.getExpectedBucketOwner()).ifPresent(problems::add);
    if (!Objects.equals(role.getStsRegion(), role.getRegion())) {
      shape("stsRegion", role.getStsRegion(), REGION, "the region of the STS, like us-west-2");
    }
    if (role.getStsEndpoint() == null && !Objects.equals(role.getStsRegion(), role.getRegion())) {
      known("stsRegion", role.getStsRegion(), "stsEndpoint");
    }
    url("stsEndpoint", role.getStsEndpoint());
    url("s3Endpoint", role.getS3Endpoint());
    callerCredentials();
    return List.copyOf(problems);
  }

  private void session() {
    shape(
        "roleArn",
        role.getRoleArn(),
        role.getStsEndpoint() == null && role.getStsClient() == null ? ROLE : ANY_ROLE,
        "the role's ARN, like arn:aws:iam::123456789012:role/domo-writeback");
    if (role.getExternalId() != null && !EXTERNAL_ID.matcher(role.getExternalId()).matches()) {
      problems.add(
          "externalId - wrong shape - "
              + Masked.text(role.getExternalId())
              + " - the value of sts:ExternalId in the role's trust policy: 2 to 1224"
              + " letters, digits and _+=,.@:/- without spaces");
    }
    shape(
        "roleSessionName",
        role.getRoleSessionName(),
        SESSION_NAME,
        "2 to 64 letters, digits and _+=,.@- without spaces, like domo-writeback");
    Duration duration = role.getSessionDuration();
    if (duration == null || duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      problems.add(
          "sessionDuration - out of range - '"
              + duration
              + "' - 15m to 12h, and not more than the role's own maximum session duration");
    }
  }

  private void callerCredentials() {
    boolean key = isSet(role.getAccessKey());
    boolean secret = isSet(role.getSecretKey());
    if (key != secret) {
      problems.add(
          (key ? "secretKey" : "accessKey")
              + " - missing - both accessKey and secretKey, or neither for the SDK's"
              + " default chain");
    }
    if (isSet(role.getSessionToken()) && !(key && secret)) {
      problems.add(
          "sessionToken - stands alone - add the accessKey and the secretKey that it came with");
    }
    if (isSet(role.getProfile()) && (key || secret)) {
      problems.add("profile - set beside accessKey - leave one of them out");
    }
    if (role.getStsClient() != null
        && (key || secret || isSet(role.getProfile()) || role.getStsEndpoint() != null)) {
      problems.add(
          "stsClient - comes with its own credentials and endpoint - leave out accessKey,"
              + " secretKey, sessionToken, profile and stsEndpoint, or stsClient");
    }
  }

  private void shape(String option, String value, Pattern right, String inWords) {
    if (!isSet(value)) {
      problems.add(option + " - missing - " + inWords);
    } else if (!right.matcher(value).matches()) {
      problems.add(option + " - wrong shape - '" + value + "' - " + inWords);
    }
  }

  /** A region is known, or newer than the SDK: then its address must be given. */
  private void known(String option, String value, String endpoint) {
    if (isSet(value)
        && REGION.matcher(value).matches()
        && !Region.regions().contains(Region.of(value))) {
      problems.add(
          option
              + " - no such region is known - '"
              + value
              + "' - "
              + NearestWord.to(value, Region.regions().stream().map(Region::id).toList())
                  .map(word -> "did you mean '" + word + "'?")
                  .orElse("one like us-west-2.")
              + " For a region that is newer than this program set "
              + endpoint
              + " to its address, too");
    }
  }

  private void url(String option, String value) {
    if (value != null && !isUrl(value)) {
      problems.add(
          option + " - not a URL - '" + value + "' - one like https://s3.example.com:9000");
    }
  }

  private static boolean isUrl(String value) {
    try {
      URI uri = new URI(value);
      return uri.getHost() != null
          && uri.getUserInfo() == null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (URISyntaxException notAUri) {
      return false;
    }
  }

  private static boolean isSet(String value) {
    return value != null && !value.isBlank();
  }
}
