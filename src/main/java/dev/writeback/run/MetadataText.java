package dev.writeback.run;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text as S3 keeps it in an object's user metadata. */
public final class MetadataText {

  private MetadataText() {}

  /**
   * S3 keeps ASCII alone; of anything else the signature would be wrong. Other text goes as RFC
   * 2047 says (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">Amazon S3 User
   * Guide, "User-defined object metadata"</a>).
   */
  public static String of(String text) {
    boolean plain = text.chars().allMatch(character -> character >= ' ' && character <= '~');
    return plain
        ? text
        : "=?UTF-8?B?"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }
}
