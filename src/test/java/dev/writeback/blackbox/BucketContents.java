package dev.writeback.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What is in the sandbox's bucket, beside what should be there. */
final class BucketContents {

  private static final int BLOCK = 1 << 16;

  /** The bytes that an object should have, from their beginning each time. */
  interface Expected {
    InputStream open() throws Exception;
  }

  private BucketContents() {}

  /**
   * Compares every object byte by byte, and counts what is open.
   *
   * @param expected by key; there should be no other object
   * @return one round
   */
  static Tally compare(SandboxProcess sandbox, Map<String, Expected> expected) throws Exception {
    int wrong = 0;
    int partial = 0;
    Map<String, Expected> missing = new HashMap<>(expected);
    for (JsonNode object : sandbox.ask("objects")) {
      String key = object.get("key").asText();
      Expected should = missing.remove(key);
      if (should == null) {
        wrong++;
        continue;
      }
      try (InputStream actual = sandbox.open("objects/" + key);
          InputStream whole = should.open()) {
        switch (same(actual, whole)) {
          case WHOLE -> {}
          case BEGINNING -> partial++;
          case OTHER -> wrong++;
        }
      }
    }
    return new Tally(1, wrong, partial, missing.size(), sandbox.ask("s3/uploads").size());
  }

  private enum Sameness {
    WHOLE,
    BEGINNING,
    OTHER
  }

  private static Sameness same(InputStream actual, InputStream whole) throws IOException {
    while (true) {
      byte[] is = actual.readNBytes(BLOCK);
      byte[] should = whole.readNBytes(BLOCK);
      if (!Arrays.equals(is, should)) {
        return is.length < should.length && Arrays.mismatch(is, should) == is.length
            ? Sameness.BEGINNING
            : Sameness.OTHER;
      }
      if (is.length < BLOCK) {
        return Sameness.WHOLE;
      }
    }
  }
}
