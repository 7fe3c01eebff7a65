package dev.writeback.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The YAML files of a folder of routes, and of the Kamelets in it, as they were at one moment; what
 * becomes of the files later does not show. Equal to another one of the same bytes. Immutable.
 */
public final class RouteSnapshot {

  private static final String KAMELETS = "kamelets";

  /**
   * @param bytes empty where the file could not be read
   * @param failure why, else null
   */
  private record Content(ByteBuffer bytes, IOException failure) {

    static Content of(Path file) {
      try {
        return new Content(ByteBuffer.wrap(Files.readAllBytes(file)).asReadOnlyBuffer(), null);
      } catch (IOException e) {
        return new Content(ByteBuffer.allocate(0), e);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Content that
          && bytes.equals(that.bytes)
          && (failure == null) == (that.failure == null);
    }

    @Override
    public int hashCode() {
      return bytes.hashCode();
    }
  }

  private final Path folder;
  private final SortedMap<Path, Content> files;
  private final SortedMap<Path, IOException> unlisted;

  private RouteSnapshot(
      Path folder, SortedMap<Path, Content> files, SortedMap<Path, IOException> unlisted) {
    this.folder = folder;
    this.files = files;
    this.unlisted = unlisted;
  }

  /** Of what there is now; without files where the folder cannot be listed. */
  public static RouteSnapshot of(Path folder) {
    SortedMap<Path, Content> files = new TreeMap<>();
    SortedMap<Path, IOException> unlisted = new TreeMap<>();
    for (Path each : List.of(folder, folder.resolve(KAMELETS))) {
      try {
        listed(each).forEach(file -> files.put(file, Content.of(file)));
      } catch (IOException e) {
        if (each.equals(folder) || !(e instanceof NoSuchFileException)) {
          unlisted.put(each, e);
        }
      }
    }
    return new RouteSnapshot(folder, files, unlisted);
  }

  /** What stands in each file that could be read. */
  public Stream<String> texts() {
    return files.values().stream().map(RouteSnapshot::text);
  }

  /** The YAML files of a folder, in their order; nothing where there is no such folder. */
  static List<Path> list(Path folder) {
    try {
      return listed(folder);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.ya?ml"))
          .filter(RouteSnapshot::isFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** One of which nobody knows is one: that it cannot be read is told of it. */
  private static boolean isFile(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isRegularFile();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** What keeps this from telling which files there are; nothing where it does. */
  List<Mistake> unlisted() {
    return unlisted.entrySet().stream()
        .map(
            entry ->
                new Mistake(
                    new Place(entry.getKey().toString(), 0, 0),
                    "",
                    new Problem(
                        "",
                        "cannot be listed: "
                            + entry.getValue().getClass().getSimpleName()
                            + " - a folder that this program's user may read")))
        .toList();
  }

  Path folder() {
    return folder;
  }

  /** The files of the folder itself, in their order. */
  List<Path> routeFiles() {
    return in(folder);
  }

  /** The YAML files of a folder, as they were if it is one of these. */
  List<Path> in(Path directory) {
    return isOne(directory)
        ? files.keySet().stream().filter(file -> same(file.getParent(), directory)).toList()
        : list(directory);
  }

  private boolean isOne(Path directory) {
    return same(directory, folder) || same(directory, folder.resolve(KAMELETS));
  }

  /** Whether a file would be one of these. */
  boolean covers(Path file) {
    return isOne(file.toAbsolutePath().getParent());
  }

  /**
   * What stands in a file: as it was if it is one of these, else as it is now.
   *
   * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
   */
  String text(Path file) throws IOException {
    if (!covers(file)) {
      return Files.readString(file);
    }
    Content content =
        content(file).orElseThrow(() -> new NoSuchFileException(String.valueOf(file)));
    if (content.failure() != null) {
      throw content.failure();
    }
    return StandardCharsets.UTF_8.newDecoder().decode(content.bytes().duplicate()).toString();
  }

  boolean isKamelet(Path file) {
    return same(file.getParent(), folder.resolve(KAMELETS));
  }

  /** Whether a word stands in a file. */
  boolean names(Path file, String word) {
    return content(file)
        .map(RouteSnapshot::text)
        .filter(Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])").asPredicate())
        .isPresent();
  }

  private static String text(Content content) {
    return StandardCharsets.UTF_8.decode(content.bytes().duplicate()).toString();
  }

  boolean has(Path file) {
    return content(file).isPresent();
  }

  private Optional<Content> content(Path file) {
    return files.entrySet().stream()
        .filter(entry -> same(entry.getKey(), file))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean same(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** The files that are not the same in another one. */
  Set<Path> differing(RouteSnapshot other) {
    Set<Path> differing = new TreeSet<>();
    for (Collection<Path> all : List.of(files.keySet(), other.files.keySet())) {
      for (Path file : all) {
        if (!Optional.ofNullable(files.get(file))
            .equals(Optional.ofNullable(other.files.get(file)))) {
          differing.add(file);
        }
      }
    }
    return differing;
  }

  /** This one, but with some files as they are in another one. */
  RouteSnapshot with(Collection<Path> some, RouteSnapshot other) {
    SortedMap<Path, Content> mixed = new TreeMap<>(files);
    for (Path file : some) {
      if (other.files.containsKey(file)) {
        mixed.put(file, other.files.get(file));
      } else {
        mixed.remove(file);
      }
    }
    return new RouteSnapshot(folder, mixed, other.unlisted);
  }

  /** All files, in their order. */
  List<Path> files() {
    return new ArrayList<>(files.keySet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RouteSnapshot that
        && folder.equals(that.folder)
        && files.equals(that.files)
        && unlisted.keySet().equals(that.unlisted.keySet());
  }

  @Override
  public int hashCode() {
    return files.hashCode();
  }
}
