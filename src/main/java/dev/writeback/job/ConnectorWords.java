package dev.writeback.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What somebody means who writes a word of Domo's connector as a parameter; listed in {@code
 * connector-words.yaml}. Case, spaces and punctuation of the words do not count.
 */
final class ConnectorWords {

  private static final String FILE = "connector-words.yaml";
  private static final ConnectorWords WORDS = read();

  private final Map<String, String> meant;
  private final Map<String, String> refused;

  private ConnectorWords(Map<?, ?> file) {
    this.meant = plain(file.get("meant"));
    this.refused = plain(file.get("refused"));
  }

  /** The parameter for it. */
  static Optional<String> meant(String word) {
    return Optional.ofNullable(WORDS.meant.get(plain(word)));
  }

  /** Why there is no parameter for it, and what to do instead. */
  static Optional<String> refused(String word) {
    return Optional.ofNullable(WORDS.refused.get(plain(word)));
  }

  /** The parameters that words are listed for. */
  static Set<String> parameters() {
    return Set.copyOf(WORDS.meant.values());
  }

  private static ConnectorWords read() {
    try (InputStream in = ConnectorWords.class.getResourceAsStream(FILE)) {
      return new ConnectorWords(
          (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in));
    } catch (IOException e) {
      throw new IllegalStateException(FILE, e);
    }
  }

  private static Map<String, String> plain(Object words) {
    Map<String, String> plain = new HashMap<>();
    ((Map<?, ?>) words)
        .forEach((word, answer) -> plain.put(plain(word.toString()), answer.toString()));
    return Map.copyOf(plain);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
