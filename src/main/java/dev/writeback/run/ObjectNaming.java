package dev.writeback.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a job names its object, in the words of Domo's connector.
 *
 * @param path the folder; with or without a slash at its end; empty for the bucket's root
 * @param selectFilename where the file name comes from
 * @param fileName the name that was entered; used with {@link SelectFilename#ENTER} only
 * @param fileExtension without its dot; {@code none} for none, null or empty for the format's own
 * @param format what the file is
 * @param compression what is done to the file
 * @param compressionSuffix whether the name says so
 * @param contentEncoding whether S3 is told the compression as the Content-Encoding: name and
 *     content type are then those of the plain file
 * @param encryptionMethod {@code .pgp} is added for {@link EncryptionMethod#PGP}; the others do not
 *     show in a name
 */
public record ObjectNaming(
    String path,
    SelectFilename selectFilename,
    String fileName,
    String fileExtension,
    Format format,
    Compression compression,
    boolean compressionSuffix,
    boolean contentEncoding,
    EncryptionMethod encryptionMethod) {

  /** S3 takes keys of up to 1,024 bytes of UTF-8 (Amazon S3 User Guide, "Naming objects"). */
  private static final int LONGEST_KEY = 1024;

  /** The word for "no extension". */
  public static final String NO_EXTENSION = "none";

  private static final String PGP_SUFFIX = ".pgp";

  /** RFC 3156 names this type for encrypted data. */
  private static final String PGP_TYPE = "application/pgp-encrypted";

  public ObjectNaming {
    path = path == null ? "" : path;
    fileName = fileName == null ? "" : fileName;
    fileExtension =
        fileExtension == null || fileExtension.isEmpty()
            ? format.extension()
            : NO_EXTENSION.equals(fileExtension) ? "" : fileExtension;
  }

  /** What cannot work whatever the run, one sentence each; empty where all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (path.startsWith("/")) {
      problems.add("path - begins with a slash - '" + path + "' - leave the slash out");
    }
    for (String folder : folders()) {
      if (folder.isEmpty() || folder.equals(".") || folder.equals("..")) {
        problems.add(
            "path - a folder cannot be called '" + folder + "' - '" + path + "' - name it in full");
        break;
      }
    }
    if (!safe(path.replace('/', '_')).equals(path.replace('/', '_'))) {
      problems.add("path - has a control character or '${' in it - '" + path + "' - leave it out");
    }
    if (selectFilename == SelectFilename.ENTER && fileName.isBlank()) {
      problems.add(
          "fileName - missing - selectFilename is 'enter' - enter a file name, or set"
              + " selectFilename to datasetId or datasetName");
    }
    if (fileExtension.startsWith(".") || !safe(fileExtension).equals(fileExtension)) {
      problems.add(
          "fileExtension - not an extension - '"
              + fileExtension
              + "' - write it without its dot, such as csv, or none");
    }
    unknownMacros("path", path, problems);
    if (selectFilename == SelectFilename.ENTER) {
      unknownMacros("fileName", fileName, problems);
    }
    return problems;
  }

  private static void unknownMacros(String option, String text, List<String> problems) {
    for (String unknown : Macros.unknown(text)) {
      problems.add(
          option
              + " - unknown macro - '"
              + unknown
              + "' - known are <current_date> and <current_date-N>, without spaces inside");
    }
  }

  /**
   * The name for one run. What Domo or a person calls a file never chooses a folder: slashes and
   * control characters in it become {@code _}, and {@code ${} becomes {@code $_}, as does the
   * other beginning of a Camel expression, {@code $simple{}.
   *
   * @throws RunException {@link Outcome#CONFIGURATION} where no valid key comes of it
   */
  public ObjectName of(RunContext run) {
    Macros macros = new Macros(run.getSlot(), run.getZone());
    String name =
        switch (selectFilename) {
          case ENTER -> macros.expand(fileName);
          case DATASET_ID -> run.getDataSetId();
          case DATASET_NAME -> macros.expand(known(run.getDataSetName()));
        };
    String entered = withoutPgp(safe(name));
    boolean suffixEntered = !compression.suffix().isEmpty() && ends(entered, compression.suffix());
    String bare =
        suffixEntered
            ? entered.substring(0, entered.length() - compression.suffix().length())
            : entered;
    String file = ending(bare, fileExtension.isEmpty() ? "" : "." + fileExtension);
    if (file.isEmpty() || file.equals(".") || file.equals("..")) {
      throw refused("the file name is '" + file + "' - give the job a fileName of its own");
    }
    String object =
        (compressionSuffix && !contentEncoding) || suffixEntered
            ? file + compression.suffix()
            : file;
    String key = prefix(macros) + object + (isPgp() ? PGP_SUFFIX : "");
    int length = key.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_KEY) {
      throw refused(
          "the key '"
              + key
              + "' is "
              + length
              + " bytes long, S3 takes "
              + LONGEST_KEY
              + " - give the job a shorter path or fileName");
    }
    return new ObjectName(key, file);
  }

  /** The media type of the object. */
  public String contentType() {
    if (isPgp()) {
      return PGP_TYPE;
    }
    return compression == Compression.NONE || contentEncoding
        ? format.contentType()
        : compression.contentType();
  }

  private boolean isPgp() {
    return encryptionMethod == EncryptionMethod.PGP;
  }

  private String withoutPgp(String name) {
    return isPgp() && ends(name, PGP_SUFFIX)
        ? name.substring(0, name.length() - PGP_SUFFIX.length())
        : name;
  }

  private static String known(String dataSetName) {
    if (dataSetName == null || dataSetName.isBlank()) {
      throw refused(
          "Domo told no name of the DataSet - set selectFilename to enter or datasetId instead");
    }
    return dataSetName;
  }

  private List<String> folders() {
    if (path.isEmpty()) {
      return List.of();
    }
    String open = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return List.of(open.split("/", -1));
  }

  private String prefix(Macros macros) {
    StringBuilder prefix = new StringBuilder();
    for (String folder : folders()) {
      prefix.append(macros.expand(folder)).append('/');
    }
    return prefix.toString();
  }

  private static String ending(String name, String ending) {
    return ends(name, ending) ? name : name + ending;
  }

  private static boolean ends(String name, String ending) {
    return name.toLowerCase(Locale.ROOT).endsWith(ending.toLowerCase(Locale.ROOT));
  }

  private static String safe(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    name.codePoints()
        .map(c -> c == '/' || Character.isISOControl(c) || isLoneSurrogate(c) ? '_' : c)
        .forEach(safe::appendCodePoint);
    return safe.toString().replace("${", "$_").replace("$simple{", "$_simple_");
  }

  private static boolean isLoneSurrogate(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  private static RunException refused(String message) {
    return new RunException(Outcome.CONFIGURATION, false, message);
  }
}
