package dev.writeback.job;

import dev.writeback.run.BucketRole;
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
import java.util.Optional;
import java.util.Set;
import org.apache.camel.TypeConverter;

/**
 * What a schema cannot say of an object's bucket, its path and file name, and the zone of its
 * dates.
 */
final class NamingRules {

  private static final String BUCKET = "bucket";
  private static final String ROLE = "role";
  private static final String PATH = "path";
  private static final String SELECT_FILENAME = "selectFilename";
  private static final String FILE_NAME = "fileName";
  private static final String FILE_EXTENSION = "fileExtension";
  private static final String TIME_ZONE = "timeZone";

  private NamingRules() {}

  static List<Rule> all() {
    List<Rule> rules =
        new ArrayList<>(
            Rule.each(
                Map.of(
                    PATH, Set.of(PATH),
                    FILE_NAME, Set.of(SELECT_FILENAME, FILE_NAME),
                    FILE_EXTENSION, Set.of(FILE_EXTENSION)),
                NamingRules::names));
    rules.add(Rule.of(NamingRules::zone, TIME_ZONE));
    rules.add(Rule.of(NamingRules::bucket, BUCKET, ROLE));
    return rules;
  }

  private static List<Problem> names(JobStep step) {
    return naming(step).problems().stream().map(Problem::of).toList();
  }

  private static Optional<Problem> bucket(JobStep step) {
    String role = step.get(ROLE, "");
    return BeanByName.find(step.context(), role, BucketRole.class)
        .filter(bean -> bean.getBucket() == null && step.get(BUCKET, "").isBlank())
        .map(
            bean ->
                new Problem(
                    ROLE,
                    "has no bucket - '"
                        + role
                        + "' - give it one, or the job a bucket of its own"));
  }

  private static Optional<Problem> zone(JobStep step) {
    String zone = step.get(TIME_ZONE, "");
    try {
      if (!zone.isBlank()) {
        ZoneId.of(zone);
      }
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.of(
          new Problem(
              TIME_ZONE, "no such zone - '" + zone + "' - a name such as America/Denver or UTC"));
    }
  }

  /** How a job names its objects, but for what their compression and encryption add. */
  static ObjectNaming naming(JobStep step) {
    TypeConverter converter = step.context().getTypeConverter();
    return new ObjectNaming(
        step.get(PATH),
        converter.convertTo(
            SelectFilename.class, step.get(SELECT_FILENAME, SelectFilename.ENTER.name())),
        step.get(FILE_NAME),
        step.get(FILE_EXTENSION),
        Format.CSV,
        Compression.NONE,
        true,
        false,
        EncryptionMethod.NONE);
  }
}
