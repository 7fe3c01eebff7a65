package dev.writeback.job;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.camel.util.StringHelper;

/**
 * An element of the route files that routes are made of, or a route itself. Equal to another one of
 * the same kind and name that says the same, wherever it stands.
 *
 * @param name the id of a route or a configuration, the name of a bean or a Kamelet
 * @param yaml all that it says, as a file of its own
 * @param file where it stands
 */
record RoutePart(Kind kind, String name, String yaml, Path file) {

  private static final String END = "(?![\\w-])";
  private static final String NEVER = "(?!)";

  /** What it is. */
  enum Kind {
    BEAN,
    CONFIGURATION,
    KAMELET,
    ROUTE,
    /** What Camel takes only once, such as a REST configuration. */
    OTHER
  }

  /** What a name means among parts of its kind. */
  record Key(Kind kind, String name) {}

  Key key() {
    return new Key(kind, name);
  }

  /** What it says of others; the schema of a Kamelet has examples. */
  String steps() {
    return kind == Kind.KAMELET ? StringHelper.after(yaml, " template:", yaml) : yaml;
  }

  /** Whether another part uses this one; a word that means something else may count, too. */
  boolean isIn(String text) {
    return Pattern.compile(
            switch (kind) {
              case BEAN -> "(?<![\\w.-])" + Pattern.quote(name) + END;
              case CONFIGURATION ->
                  "routeConfigurationId:.*(\\*|(?<![\\w-])" + Pattern.quote(name) + END + ")";
              case KAMELET -> "kamelet:(//)?" + Pattern.quote(name) + END;
              case ROUTE, OTHER -> NEVER;
            })
        .matcher(text)
        .find();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoutePart that && key().equals(that.key()) && yaml.equals(that.yaml);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key(), yaml);
  }
}
