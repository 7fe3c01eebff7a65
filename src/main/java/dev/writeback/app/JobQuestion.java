package dev.writeback.app;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has to be known of a new job, in the panes and the order of Domo's connector. */
enum JobQuestion {
  ACCOUNT(Pane.CREDENTIALS, "account", "NAME", "The Domo account, a bean of the accounts file."),
  ROLE(Pane.CREDENTIALS, "role", "NAME", "The AWS role, a bean of the accounts file."),
  PATH(Pane.DETAILS, "path", "PATH", "Select Folder Path: such as finance/sales/."),
  OVERWRITE(Pane.DETAILS, "overwrite", "true|false", "Whether an object of the name is replaced."),
  INPUT_DATASET(
      Pane.DETAILS,
      "inputDataset",
      "DATASET",
      "Its id, its exact name, or the address of its page in Domo."),
  SELECT_FILENAME(Pane.DETAILS, "selectFilename", "HOW", "One of enter, datasetId, datasetName."),
  FILE_NAME(Pane.DETAILS, "fileName", "NAME", "Such as sales_<current_date-1>.") {
    @Override
    boolean isAsked(Map<JobQuestion, String> answers) {
      return answers.getOrDefault(SELECT_FILENAME, "enter").equals("enter");
    }
  },
  ONLY_NEW_DATA(
      Pane.DETAILS, "onlyNewData", "true|false", "Whether only rows are written that are new."),
  FILE_EXTENSION(Pane.DETAILS, "fileExtension", "EXTENSION", "By default csv; or none."),
  DELIMITER(Pane.DETAILS, "delimiter", "DELIMITER", "Such as comma, tab, pipe, semicolon."),
  COMPRESSION(Pane.DETAILS, "compression", "HOW", "One of none, gzip, zip, zstd, bzip2."),
  ENCRYPTION_METHOD(
      Pane.DETAILS,
      "encryptionMethod",
      "HOW",
      "One of none, sse-s3, sse-kms, dsse-kms, sse-c, pgp."),
  ENCRYPTION_KEY(
      Pane.DETAILS, "encryptionKey", "KEY", "Of KMS, or the name of a key bean (sse-c, pgp).") {
    @Override
    boolean isAsked(Map<JobQuestion, String> answers) {
      return !Set.of("none", "sse-s3").contains(answers.getOrDefault(ENCRYPTION_METHOD, "none"));
    }
  },
  CRON(
      Pane.SCHEDULING,
      "cron",
      "CRON",
      "When the job runs: a Quartz cron such as '0 0 6 * * ?', a time of each day such as 06:00, or"
          + " manually."),
  TIME_ZONE(
      Pane.SCHEDULING,
      "timeZone",
      "ZONE",
      "The zone of the schedule, and of the dates in names: such as America/Denver."),
  RETRIES(
      Pane.SCHEDULING,
      "retries",
      "N",
      "How often a failed run is repeated. By default the setting" + " writeback.retries.") {
    @Override
    boolean isAsked(Map<JobQuestion, String> answers) {
      return !isByHand(answers);
    }
  },
  FRESH_WITHIN(
      Pane.SCHEDULING,
      "freshWithin",
      "TIME",
      "Notify when there was no complete object for longer than this: such as 26h."),
  ID(Pane.NAME_AND_DESCRIBE, "id", "NAME", "The job's name, by which it is run and told of."),
  DESCRIPTION(
      Pane.NAME_AND_DESCRIBE, "description", "TEXT", "What the job is for, in a few words.");

  /** As Domo's connector has them. */
  enum Pane {
    CREDENTIALS("Credentials"),
    DETAILS("Details"),
    SCHEDULING("Scheduling"),
    NAME_AND_DESCRIBE("Name & Describe");

    private final String title;

    Pane(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** The answer to {@link #CRON} of who wants no schedule, in Domo's word. */
  static final String MANUALLY = "manually";

  private static final String TRIGGER_ZONE = "trigger.timeZone";

  private final Pane pane;
  private final String option;
  private final String label;
  private final String help;

  JobQuestion(Pane pane, String option, String label, String help) {
    this.pane = pane;
    this.option = option;
    this.label = label;
    this.help = help;
  }

  Pane pane() {
    return pane;
  }

  /** Its name in the job's file, and on the command line. */
  String option() {
    return option;
  }

  /** How the answer is called on the command line. */
  String label() {
    return label;
  }

  /** For the command line. */
  String help() {
    return help;
  }

  /** Whether a mistake of this name is one of its answer. */
  boolean isOf(String mistaken) {
    return mistaken.equals(option) || this == TIME_ZONE && mistaken.equals(TRIGGER_ZONE);
  }

  /** Whether the answer is a parameter of the Kamelet. */
  boolean isParameter(Map<JobQuestion, String> answers) {
    return this == TIME_ZONE ? isByHand(answers) : !List.of(CRON, ID, DESCRIPTION).contains(this);
  }

  /** Whether it makes a difference after these answers. */
  boolean isAsked(Map<JobQuestion, String> answers) {
    return true;
  }

  static boolean isByHand(Map<JobQuestion, String> answers) {
    return answers.getOrDefault(CRON, MANUALLY).equals(MANUALLY);
  }
}
