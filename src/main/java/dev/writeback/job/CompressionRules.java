package dev.writeback.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** What a schema cannot say of an object's compression. A choice that is none is not looked at. */
final class CompressionRules {

  private static final String NONE = "none";

  private CompressionRules() {}

  static List<Problem> of(CamelContext context, Map<String, String> parameters) {
    List<Problem> problems = new ArrayList<>();
    String compression = parameters.getOrDefault("compression", NONE);
    String level = parameters.get("compressionLevel");
    if (compression.equals(NONE) && level != null) {
      problems.add(
          new Problem(
              "compressionLevel",
              "nothing is compressed - '"
                  + level
                  + "' - leave it out, or set compression to gzip, zip, zstd or bzip2"));
    }
    if ("true".equals(parameters.get("contentEncoding"))) {
      contentEncoding(compression, parameters).ifPresent(problems::add);
    }
    if (compression.equals("zstd")) {
      Trial.of(context, compression, Map.of())
          .map(wrong -> new Problem("compression", wrong))
          .ifPresent(problems::add);
    }
    return problems;
  }

  private static Optional<Problem> contentEncoding(
      String compression, Map<String, String> parameters) {
    String wrong = null;
    if (List.of(NONE, "zip", "bzip2").contains(compression)) {
      wrong =
          "no content encoding is called '"
              + compression
              + "' - 'true' - leave it out, or set compression to gzip or zstd";
    } else if ("pgp".equals(parameters.get("encryptionMethod"))) {
      wrong =
          "what is compressed cannot be seen from outside, pgp encrypts it - 'true' - leave it out";
    } else if ("true".equals(parameters.get("compressionSuffix"))) {
      wrong =
          "the object is called as the plain file that its readers see - 'true' - leave it out, or"
              + " leave compressionSuffix out";
    }
    return Optional.ofNullable(wrong).map(text -> new Problem("contentEncoding", text));
  }
}
