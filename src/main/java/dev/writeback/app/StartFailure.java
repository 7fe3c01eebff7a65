package dev.writeback.app;

import dev.writeback.job.BeanMistake;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.TypeConversionException;
import org.apache.camel.util.URISupport;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why the program does not start, in a line for each mistake: whatever keeps it from starting is a
 * mistake in a file, and is told without a stack trace.
 */
final class StartFailure {

  private static final Pattern SAME_ID =
      Pattern.compile("Duplicate route ids detected: ([^,]+?)(,.*)?\\. Please");

  private StartFailure() {}

  /**
   * @param routes the folder of the route files
   */
  static RunException of(Exception thrown, Path routes) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RunException found) {
        return found;
      }
      if (cause instanceof MarkedYamlEngineException yaml && yaml.getProblemMark().isPresent()) {
        return configuration(inFile(yaml), thrown);
      }
    }
    String messages = messages(thrown);
    Matcher twice = SAME_ID.matcher(messages);
    return configuration(twice.find() ? twice(twice.group(1), routes) : messages, thrown);
  }

  private static RunException configuration(String message, Exception thrown) {
    return new RunException(Outcome.CONFIGURATION, false, message, thrown);
  }

  private static String inFile(MarkedYamlEngineException yaml) {
    var mark = yaml.getProblemMark().orElseThrow();
    return place(mark.getName(), mark.getLine() + 1) + yaml.getProblem();
  }

  private static String place(String location, int line) {
    return location.replaceFirst("^file:(//)?", "") + ":" + line + ": ";
  }

  /** Camel names such an id, but not where it stands. */
  private static String twice(String id, Path routes) {
    Pattern line =
        Pattern.compile("\\s+(- )?id:\\s*[\"']?" + Pattern.quote(id) + "[\"']?\\s*(#.*)?");
    List<String> places = new ArrayList<>();
    try (Stream<Path> files = Files.list(routes).sorted()) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
          if (line.matcher(lines.get(i)).matches()) {
            places.add(file + ":" + (i + 1));
          }
        }
      }
    } catch (IOException e) {
      places.add(routes.toString());
    }
    return "id - two routes have the same - '"
        + id
        + "' - give each its own: "
        + String.join(", ", places);
  }

  private static String messages(Exception thrown) {
    List<String> messages = new ArrayList<>();
    String last = "";
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof TypeConversionException) {
        // It shows the value, which may be a secret; the property has been named before.
        break;
      }
      boolean onlyWraps =
          cause.getCause() != null && cause.getCause().toString().equals(cause.getMessage());
      String words = BeanMistake.of(cause).orElse(cause.getMessage());
      if (words != null && !onlyWraps && !last.contains(words)) {
        last = words;
        messages.add(URISupport.sanitizeUri(last));
      }
    }
    return messages.isEmpty()
        ? thrown.toString()
        : String.join(System.lineSeparator() + "  ", messages);
  }
}
