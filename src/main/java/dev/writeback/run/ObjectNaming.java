package dev.writeback.run;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
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

  /** Stands for any text in a key. Unicode leaves this character to private use; none has it. */
  public static final String ANY = "\uE000";

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
    List<String> problems = new ArrayList<>(new Folders(path).problems());
    if (selectFilename == SelectFilename.ENTER && fileName.isBlank()) {
      problems.add(
          "fileName - missing - selectFilename is 'enter' - enter a file name, or set"
              + " selectFilename to datasetId or datasetName");
    }
    if (fileExtension.startsWith(".") || !SafeName.isSafe(fileExtension)) {
      problems.add(
          "fileExtension - not an extension - '"
              + fileExtension
              + "' - write it without its dot, such as csv, or none");
    }
    if (selectFilename == SelectFilename.ENTER) {
      List<String> macros = MacroCheck.problems(fileName);
      macros.forEach(problem -> problems.add("fileName - " + problem));
      if (macros.isEmpty() && MacroCheck.makesFolders(fileName)) {
        problems.add(
            "fileName - a macro's pattern makes a folder - '" + fileName + "' - put it into path");
      }
    }
    return problems;
  }

  /**
   * The name for one run. What Domo or a person calls a file never chooses a folder and is never a
   * Camel expression: such characters become {@code _}.
   *
   * @throws RunException {@link Outcome#CONFIGURATION} where no valid key comes of it
   */
  public ObjectName of(RunContext run) {
    Macros macros = new Macros(run);
    String name =
        switch (selectFilename) {
          case ENTER -> macros.expand(fileName);
          case DATASET_ID -> run.getDataSetId();
          case DATASET_NAME -> macros.expandDomosOwn(known(run.getDataSetName()));
        };
    String entered = withoutPgp(SafeName.of(name));
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
    String key = new Folders(path).prefix(macros) + object + (isPgp() ? PGP_SUFFIX : "");
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

  /**
   * The key of all runs: that of one, with {@link #ANY} for each macro and for what only Domo
   * knows.
   *
   * @param dataSetId null where the job does not name its DataSet by its id
   */
  public String keyOfAnyRun(String dataSetId) {
    ObjectNaming naming =
        new ObjectNaming(
            Macros.replaced(path, ANY),
            selectFilename,
            Macros.replaced(fileName, ANY),
            fileExtension.isEmpty() ? NO_EXTENSION : fileExtension,
            format,
            compression,
            compressionSuffix,
            contentEncoding,
            encryptionMethod);
    RunContext run = new RunContext(ANY, Instant.EPOCH, ZoneOffset.UTC);
    run.setDataSetId(dataSetId == null ? ANY : dataSetId);
    run.setDataSetName(ANY);
    return naming.of(run).key();
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

  private static String ending(String name, String ending) {
    return ends(name, ending) ? name : name + ending;
  }

  private static boolean ends(String name, String ending) {
    return name.toLowerCase(Locale.ROOT).endsWith(ending.toLowerCase(Locale.ROOT));
  }

  private static RunException refused(String message) {
    return new RunException(Outcome.CONFIGURATION, false, message);
  }
}
