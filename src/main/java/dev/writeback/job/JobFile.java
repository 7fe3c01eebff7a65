package dev.writeback.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** The file that a route was read from: where in it an option stands. */
final class JobFile {

  private final String name;
  private final List<String> lines;

  private JobFile(String name, List<String> lines) {
    this.name = name;
    this.lines = lines;
  }

  /**
   * @param location as a route's definition has it, such as {@code file:routes/sales.camel.yaml};
   *     null for a route that is not from a file
   */
  static JobFile at(CamelContext context, String location) {
    if (location == null) {
      return new JobFile("", List.of());
    }
    Resource resource = PluginHelper.getResourceLoader(context).resolveResource(location);
    return new JobFile(location.replaceFirst("^(file|classpath):(//)?", ""), read(resource));
  }

  private static List<String> read(Resource resource) {
    List<String> lines = new ArrayList<>();
    if (resource.exists()) {
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(resource.getInputStream(), StandardCharsets.UTF_8))) {
        reader.lines().forEach(lines::add);
      } catch (IOException e) {
        // Camel has just read it; without it a message has the step's line instead of the option's.
        return List.of();
      }
    }
    return lines;
  }

  /**
   * Where an option's key stands, at or below a line.
   *
   * @param first the line to look at first, from 1; -1 if it is not known
   * @param otherwise the answer where the option stands nowhere there
   */
  int line(int first, String option, int otherwise) {
    Pattern key = Pattern.compile("\\s*-?\\s*[\"']?" + Pattern.quote(option) + "[\"']?\\s*:.*");
    for (int line = Math.max(first, 1); !option.isEmpty() && line <= lines.size(); line++) {
      if (key.matcher(lines.get(line - 1)).matches()) {
        return line;
      }
    }
    return otherwise;
  }

  /** {@code file:line: }, as far as it is known. */
  String place(int line) {
    if (name.isEmpty()) {
      return "";
    }
    return line < 1 ? name + ": " : name + ":" + line + ": ";
  }
}
