package dev.writeback.run;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job calls the DataSet that it reads: by its id or by its exact name. One of the two is
 * null.
 */
public record InputDataset(String id, String name) {

  private static final String HEX = "[0-9a-fA-F]";

  /** The shape of every id that Domo's documentation and clients show (RFC 9562, 4). */
  private static final String ID = "%1$s{8}(?:-%1$s{4}){3}-%1$s{12}".formatted(HEX);

  private static final Pattern BARE_ID = Pattern.compile(ID);

  /** With or without its scheme: browsers leave that out of what they show. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(?:https?://)?[^/\\s]+/datasources/(" + ID + ")(?:[/?#].*)?");

  private static final Pattern ANY_ADDRESS = Pattern.compile("(?i)https?://.*");

  /** What has lost or won a few characters on its way, or its hyphens. */
  private static final Pattern ALMOST_ID =
      Pattern.compile("(?=.{30,42}$)(?=.*\\d)" + HEX + "+(?:-" + HEX + "+){3,}|" + HEX + "{32}");

  /**
   * @param text an id, the address of the DataSet's page in Domo, or else a name
   */
  public static InputDataset of(String text) {
    String written = text.strip();
    if (BARE_ID.matcher(written).matches()) {
      return new InputDataset(written.toLowerCase(Locale.ROOT), null);
    }
    Matcher address = ADDRESS.matcher(written);
    return address.matches()
        ? new InputDataset(address.group(1).toLowerCase(Locale.ROOT), null)
        : new InputDataset(null, text);
  }

  /** What is wrong with a text that was meant to be an id or an address; empty for any name. */
  public static Optional<String> problem(String text) {
    String written = text.strip();
    if (of(text).id() != null) {
      return Optional.empty();
    }
    if (ANY_ADDRESS.matcher(written).matches()) {
      return Optional.of(
          "not the address of a DataSet - '"
              + written
              + "' - one like"
              + " https://yours.domo.com/datasources/845305d8-da3d-4107-a9d6-13ef3f86d4a4/details");
    }
    if (ALMOST_ID.matcher(written).matches()) {
      return Optional.of(
          "not an id, though almost - '"
              + written
              + "' - one like 845305d8-da3d-4107-a9d6-13ef3f86d4a4");
    }
    return Optional.empty();
  }

  /** As an operator may read it. */
  @Override
  public String toString() {
    return id == null ? "'" + name + "'" : id;
  }
}
