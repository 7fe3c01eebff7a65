package dev.writeback.job;

import dev.writeback.run.EncryptionKey;
import dev.writeback.run.NearestWord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/**
 * What a schema cannot say of encryption before the object leaves: whose keys it takes. (Of what S3
 * encrypts, the role speaks.)
 */
final class EncryptionRules {

  private static final String KEY = "encryptionKey";

  /** A longer value may be the key itself. */
  private static final int LONGEST_SHOWN = 31;

  private EncryptionRules() {}

  static List<Rule> all() {
    return List.of(Rule.of(EncryptionRules::key, "encryptionMethod", KEY));
  }

  private static Optional<Problem> key(JobStep step) {
    CamelContext context = step.context();
    String key = step.get(KEY, "").strip();
    return switch (step.get("encryptionMethod", "none")) {
      case "none" -> key.isEmpty() ? Optional.empty() : notTaken(key);
      case "pgp" -> bean(context, key).or(() -> publicKeys(context, key));
      default -> Optional.empty();
    };
  }

  private static Optional<Problem> notTaken(String key) {
    return problem(
        "nothing is encrypted with it", key, "leave it out, or set the encryptionMethod");
  }

  private static Optional<Problem> bean(CamelContext context, String key) {
    if (key.isEmpty()) {
      return Optional.of(
          new Problem(KEY, "missing - pgp needs the name of a key bean of the accounts file"));
    }
    TreeSet<String> names =
        new TreeSet<>(context.getRegistry().findByTypeWithName(EncryptionKey.class).keySet());
    if (names.contains(key)) {
      return Optional.empty();
    }
    String known = names.isEmpty() ? "none is defined" : "known are " + String.join(", ", names);
    return problem(
        "no EncryptionKey has this name",
        key,
        NearestWord.to(key, names).map(word -> "did you mean '" + word + "'?").orElse(known));
  }

  private static Optional<Problem> publicKeys(CamelContext context, String name) {
    EncryptionKey key = context.getRegistry().lookupByNameAndType(name, EncryptionKey.class);
    // What is wrong with the bean itself is said of the bean.
    return key.problems().isEmpty()
        ? Trial.of(context, "openpgp", Map.of("publicKeys", key))
            .map(wrong -> new Problem(KEY, wrong))
        : Optional.empty();
  }

  private static Optional<Problem> problem(String wrong, String key, String right) {
    String shown = key.length() > LONGEST_SHOWN ? "***" : key;
    return Optional.of(new Problem(KEY, wrong + " - '" + shown + "' - " + right));
  }
}
