package dev.writeback.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a schema cannot say of an object's compression. */
final class CompressionRules {

  private static final String COMPRESSION = "compression";
  private static final String LEVEL = "compressionLevel";
  private static final String SUFFIX = "compressionSuffix";
  private static final String CONTENT_ENCODING = "contentEncoding";
  private static final String ENCRYPTION = "encryptionMethod";
  private static final String NONE = "none";

  private CompressionRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.of(CompressionRules::level, COMPRESSION, LEVEL),
        Rule.of(CompressionRules::coding, COMPRESSION, CONTENT_ENCODING),
        Rule.of(CompressionRules::hidden, CONTENT_ENCODING, ENCRYPTION),
        Rule.of(CompressionRules::suffix, CONTENT_ENCODING, SUFFIX),
        Rule.of(CompressionRules::library, COMPRESSION));
  }

  private static Optional<Problem> level(JobStep step) {
    return step.get(COMPRESSION, NONE).equals(NONE) && step.has(LEVEL)
        ? Optional.of(
            new Problem(
                LEVEL,
                "nothing is compressed - '"
                    + step.get(LEVEL)
                    + "' - leave it out, or set compression to gzip, zip, zstd or bzip2"))
        : Optional.empty();
  }

  private static Optional<Problem> coding(JobStep step) {
    String compression = step.get(COMPRESSION, NONE);
    return encodingProblem(
        step,
        List.of(NONE, "zip", "bzip2").contains(compression),
        "no content encoding is called '"
            + compression
            + "' - 'true' - leave it out, or set compression to gzip or zstd");
  }

  private static Optional<Problem> hidden(JobStep step) {
    return encodingProblem(
        step,
        "pgp".equals(step.get(ENCRYPTION)),
        "what is compressed cannot be seen from outside, pgp encrypts it - 'true' - leave it out");
  }

  private static Optional<Problem> suffix(JobStep step) {
    return encodingProblem(
        step,
        step.isTrue(SUFFIX),
        "the object is called as the plain file that its readers see - 'true' - leave it out, or"
            + " leave compressionSuffix out");
  }

  private static Optional<Problem> encodingProblem(JobStep step, boolean wrong, String text) {
    return step.isTrue(CONTENT_ENCODING) && wrong
        ? Optional.of(new Problem(CONTENT_ENCODING, text))
        : Optional.empty();
  }

  private static Optional<Problem> library(JobStep step) {
    return "zstd".equals(step.get(COMPRESSION))
        ? Trial.of(step.context(), "zstd", Map.of()).map(wrong -> new Problem(COMPRESSION, wrong))
        : Optional.empty();
  }
}
