package dev.writeback.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Saves a file at once: between the cutting of a file and its writing a busy disk may pass more
 * time than a test gives a file to settle.
 */
final class SavedFile {

  private SavedFile() {}

  static void write(Path file, String text) throws IOException {
    Path whole = file.resolveSibling(file.getFileName() + ".saving");
    Files.writeString(whole, text);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
