package dev.writeback.app;

import dev.writeback.job.BeanMistake;
import dev.writeback.job.ConfigurationException;
import dev.writeback.run.RunException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.TypeConversionException;
import org.apache.camel.util.URISupport;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why the program does not start, in a line for each mistake: whatever keeps it from starting is a
 * mistake in a file, and is told without a stack trace.
 */
final class StartFailure {

  private StartFailure() {}

  static RunException of(Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RunException found) {
        return found;
      }
      if (cause instanceof MarkedYamlEngineException yaml && yaml.getProblemMark().isPresent()) {
        return new ConfigurationException(List.of(inFile(yaml)), thrown);
      }
    }
    return new ConfigurationException(messages(thrown), thrown);
  }

  private static String inFile(MarkedYamlEngineException yaml) {
    var mark = yaml.getProblemMark().orElseThrow();
    return place(mark.getName(), mark.getLine() + 1) + yaml.getProblem();
  }

  private static String place(String location, int line) {
    return location.replaceFirst("^file:(//)?", "") + ":" + line + ": ";
  }

  private static List<String> messages(Exception thrown) {
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
        messages.add((messages.isEmpty() ? "" : "  ") + URISupport.sanitizeUri(last));
      }
    }
    return messages.isEmpty() ? List.of(thrown.toString()) : messages;
  }
}
