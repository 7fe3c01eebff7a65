package dev.writeback.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A program for which it is another time than for all others, by Debian's package faketime. */
final class ShiftedClock {

  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  private ShiftedClock() {}

  /** What this machine would need, so that it can be done. */
  static Optional<String> missing() throws IOException {
    return library().isPresent() ? Optional.empty() : Optional.of("faketime is not installed");
  }

  private static Optional<Path> library() throws IOException {
    try (Stream<Path> folders = Files.list(LIBRARIES)) {
      return folders.map(folder -> folder.resolve(LIBRARY)).filter(Files::exists).findFirst();
    }
  }

  /** The time of day alone: Java waits by a clock that nobody sets. */
  static Launcher ahead(Launcher launcher, Duration time) throws IOException {
    return launcher
        .environment("LD_PRELOAD", library().orElseThrow().toString())
        .environment("FAKETIME", "+" + time.toSeconds() + "s")
        .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        // Its repair of old C libraries lets each of Java's waits end at once.
        .environment("FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }
}
