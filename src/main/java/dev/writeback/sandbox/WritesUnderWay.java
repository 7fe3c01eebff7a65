package dev.writeback.sandbox;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys that S3Proxy writes at the moment. Until such an object is whole it lies among the
 * others, under its key and a UUID, and S3Proxy lists it. Thread-safe.
 */
final class WritesUnderWay {

  private static final Pattern UNFINISHED =
      Pattern.compile("(.+)-\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", Pattern.DOTALL);

  /** A call that may write. */
  interface Call<T> {
    T send() throws IOException;
  }

  private final List<String> keys = new CopyOnWriteArrayList<>();

  <T> T of(String key, Call<T> call) throws IOException {
    keys.add(key);
    try {
      return call.send();
    } finally {
      keys.remove(key);
    }
  }

  Set<String> keys() {
    return new HashSet<>(keys);
  }

  /**
   * @param listed a key that S3Proxy lists
   * @param written what was being written about then
   */
  static boolean isUnfinished(String listed, Set<String> written) {
    Matcher unfinished = UNFINISHED.matcher(listed);
    return unfinished.matches() && written.contains(unfinished.group(1));
  }
}
