package dev.writeback.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an operator can do for a database that has no room left. */
final class FullDisk {

  /** SQLSTATE of PostgreSQL, "disk_full". */
  private static final String OF_THE_SERVER = "53100";

  /** In the language of the machine; where it is another one, little room is said as well. */
  private static final Pattern WORDS =
      Pattern.compile("(?i)no space left|not enough space|quota exceeded");

  /** H2 takes less than this at a time. */
  private static final long LITTLE = 1 << 20;

  private static final Pattern URL = Pattern.compile("jdbc:h2:(?:file:)?([^;]+).*");
  private static final Pattern FILE = Pattern.compile("\"([^\"]+)\\.mv\\.db\"");

  private FullDisk() {}

  /**
   * @param url of the database, or null where it is not known
   * @return empty where something else is wrong
   */
  static Optional<String> advice(Throwable thrown, String url) {
    Path folder = url == null ? null : folder(URL.matcher(url));
    Throwable last = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        if (OF_THE_SERVER.equals(refused.getSQLState())) {
          return Optional.of("make room on the disk of its server");
        }
        folder =
            folder == null ? folder(FILE.matcher(String.valueOf(refused.getMessage()))) : folder;
      }
      last = cause;
    }
    // H2 says last what the file system has said to it.
    return last instanceof IOException refused ? advice(refused, folder) : Optional.empty();
  }

  private static Optional<String> advice(IOException refused, Path folder) {
    boolean said = WORDS.matcher(String.valueOf(refused.getMessage())).find();
    try {
      long free = folder == null ? Long.MAX_VALUE : Files.getFileStore(folder).getUsableSpace();
      if (folder != null && (said || free < LITTLE)) {
        return Optional.of("make room in " + folder + ", where " + free / 1024 + " KiB are free");
      }
    } catch (IOException noSuchFolder) {
      // Then nothing better is known than what was said.
    }
    return said ? Optional.of("make room on its disk") : Optional.empty();
  }

  private static Path folder(Matcher file) {
    try {
      return file.find() ? Path.of(file.group(1)).toAbsolutePath().normalize().getParent() : null;
    } catch (InvalidPathException notOne) {
      return null;
    }
  }
}
