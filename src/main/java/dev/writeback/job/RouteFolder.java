package dev.writeback.job;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The route files of a folder, and those that somebody names besides.
 *
 * @param folder the files that Camel reads
 * @param more files that are looked at too; what is no route file, or one of the folder, is not
 */
public record RouteFolder(RouteSnapshot folder, Collection<Path> more) {

  static final String SUFFIX = ".camel.yaml";

  private static final String EMPTY = "nothing stands in it - write a route, or delete the file";

  /**
   * @param found is told each mistake
   * @return those that can be read
   */
  List<RouteFile> read(Findings found) {
    List<RouteFile> read = new ArrayList<>();
    List<Path> known = folder.routeFiles();
    for (Path path : known) {
      if (path.toString().endsWith(SUFFIX)) {
        read(path, found).ifPresent(read::add);
      } else {
        found.add(new Place(path.toString(), 0, 0), new Problem("", notRead(path)));
      }
    }
    for (Path path : more) {
      if (!isOne(known, path) && !path.toString().endsWith(KameletSchema.SUFFIX)) {
        read(path, found).ifPresent(read::add);
      }
    }
    return read;
  }

  private static boolean isOne(List<Path> files, Path path) {
    Path whole = path.toAbsolutePath().normalize();
    return files.stream().map(file -> file.toAbsolutePath().normalize()).anyMatch(whole::equals);
  }

  /** The files of Kamelets that stand in folders. */
  List<Path> kamelets(String locations) {
    return KameletSchema.folders(locations)
        .flatMap(each -> folder.in(each).stream())
        .filter(file -> file.toString().endsWith(KameletSchema.SUFFIX))
        .toList();
  }

  Optional<RouteFile> read(Path path, Findings found) {
    String name = path.toString();
    try {
      return read(name, folder.text(path), found);
    } catch (IOException e) {
      found.add(place(name, e), new Problem("", unreadable(e)));
      return Optional.empty();
    }
  }

  /** What is to become the text of a file. */
  static Optional<RouteFile> read(String name, String text, Findings found) {
    try {
      Optional<YamlNode> content = YamlNode.read(name, text);
      if (content.isEmpty()) {
        found.add(new Place(name, 0, 0), new Problem("", EMPTY));
      }
      return content.map(elements -> new RouteFile(name, elements));
    } catch (YamlEngineException e) {
      found.add(place(name, e), new Problem("", unreadable(e)));
      return Optional.empty();
    }
  }

  private static Place place(String file, Exception failure) {
    return failure instanceof MarkedYamlEngineException yaml
        ? yaml.getProblemMark()
            .map(mark -> YamlNode.place(file, mark))
            .orElse(new Place(file, 0, 0))
        : new Place(file, 0, 0);
  }

  private static String notRead(Path path) {
    return "nobody reads it, since its name does not end in "
        + SUFFIX
        + " - call it "
        + path.getFileName().toString().replaceFirst("(\\.camel)?\\.ya?ml$", SUFFIX)
        + ", or keep it in another folder";
  }

  private static String unreadable(Exception failure) {
    if (failure instanceof MalformedInputException) {
      return "not UTF-8 - save it as UTF-8";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file - the path of a route file";
    }
    if (failure instanceof IOException) {
      return "cannot be read: "
          + failure.getClass().getSimpleName()
          + " - a file that this program's user may read";
    }
    String problem =
        failure instanceof MarkedYamlEngineException yaml
            ? yaml.getProblem()
            : failure.getMessage();
    return "cannot be read as YAML: "
        + problem
        + " - indent by blanks alone, and put a value with ': ', ' #' or a sign in front in quotes";
  }
}
