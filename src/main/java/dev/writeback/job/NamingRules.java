package dev.writeback.job;

import dev.writeback.run.Compression;
import dev.writeback.run.EncryptionMethod;
import dev.writeback.run.Format;
import dev.writeback.run.ObjectNaming;
import dev.writeback.run.SelectFilename;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.TypeConverter;

/** What a schema cannot say of an object's path, its file name and the zone of its dates. */
final class NamingRules {

  private NamingRules() {}

  /**
   * @param parameters of a use whose choices have been found right
   */
  static List<Problem> of(TypeConverter converter, Map<String, String> parameters) {
    List<Problem> problems = new ArrayList<>();
    for (String problem : naming(converter, parameters).problems()) {
      problems.add(Problem.of(problem));
    }
    String zone = parameters.get("timeZone");
    try {
      if (zone != null && !zone.isBlank()) {
        ZoneId.of(zone);
      }
    } catch (DateTimeException e) {
      problems.add(
          new Problem(
              "timeZone", "no such zone - '" + zone + "' - a name such as America/Denver or UTC"));
    }
    return problems;
  }

  /** How these parameters name the object, but for what its compression and encryption add. */
  static ObjectNaming naming(TypeConverter converter, Map<String, String> parameters) {
    String select = parameters.getOrDefault("selectFilename", SelectFilename.ENTER.name());
    return new ObjectNaming(
        parameters.get("path"),
        converter.convertTo(SelectFilename.class, select),
        parameters.get("fileName"),
        parameters.get("fileExtension"),
        Format.CSV,
        Compression.NONE,
        true,
        false,
        EncryptionMethod.NONE);
  }
}
