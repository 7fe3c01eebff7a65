package dev.writeback.app;

import dev.writeback.domo.DomoAccount;
import dev.writeback.job.CheckedJob;
import dev.writeback.job.JobDraft;
import dev.writeback.job.KameletSchema;
import dev.writeback.job.Mistake;
import dev.writeback.job.Option;
import dev.writeback.job.Problem;
import dev.writeback.job.RouteFolder;
import dev.writeback.job.RouteSnapshot;
import dev.writeback.job.RoutesCheck;
import dev.writeback.s3.AssumedRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** What somebody has said of a new job so far, and what is wrong with it. */
final class JobAnswers {

  /** What a name and a description are where nobody has said them yet. */
  private static final String TO_COME = "new-job";

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*");
  private static final Pattern TIME_OF_DAY = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");
  private static final Pattern YES = Pattern.compile("(?i)y|yes|on");
  private static final Pattern NO = Pattern.compile("(?i)n|no|off");

  private final CamelContext context;
  private final Path folder;
  private final KameletSchema schema;
  private final Map<String, String> others;
  private final Map<JobQuestion, String> answers = new EnumMap<>(JobQuestion.class);

  /**
   * @param context with the settings of the folder
   * @param others parameters that nobody is asked for
   */
  JobAnswers(CamelContext context, Path folder, Map<String, String> others) {
    this.context = context;
    this.folder = folder;
    this.schema = KameletSchema.ours(context);
    this.others = others;
  }

  /** What the Kamelet says of a question; empty where it is none of its parameters. */
  Optional<Option> parameter(JobQuestion question) {
    return question.isParameter(answers)
        ? Optional.ofNullable(schema.options().get(question.option()))
        : Optional.empty();
  }

  boolean isAsked(JobQuestion question) {
    return question.isAsked(answers);
  }

  /** Null where the question has not been answered, or not been asked. */
  String get(JobQuestion question) {
    return answers.get(question);
  }

  /** What may be chosen; empty where that is no list. */
  List<String> choices(JobQuestion question) {
    return switch (question) {
      case ACCOUNT -> names(DomoAccount.class);
      case ROLE -> names(AssumedRole.class);
      default -> parameter(question).map(Option::choices).orElse(List.of());
    };
  }

  private List<String> names(Class<?> type) {
    return context.getRegistry().findByTypeWithName(type).keySet().stream().sorted().toList();
  }

  /** What a blank answer means. */
  String otherwise(JobQuestion question) {
    return switch (question) {
      case ACCOUNT, ROLE -> choices(question).size() == 1 ? choices(question).get(0) : "";
      case CRON -> JobQuestion.MANUALLY;
      case TIME_ZONE -> JobQuestion.isByHand(answers) ? "" : ZoneId.systemDefault().getId();
      default -> parameter(question).map(Option::otherwise).orElse("");
    };
  }

  /** Takes an answer as a person gives it. */
  void put(JobQuestion question, String answer) {
    answers.put(
        question, answer.isBlank() ? otherwise(question) : inWords(question, answer.strip()));
  }

  private String inWords(JobQuestion question, String answer) {
    Matcher time = TIME_OF_DAY.matcher(answer);
    if (question == JobQuestion.CRON && time.matches()) {
      return "0 %d %d * * ?"
          .formatted(Integer.valueOf(time.group(2)), Integer.valueOf(time.group(1)));
    }
    if (question == JobQuestion.CRON && answer.equalsIgnoreCase(JobQuestion.MANUALLY)) {
      return JobQuestion.MANUALLY;
    }
    boolean isBoolean =
        parameter(question).filter(option -> "boolean".equals(option.type())).isPresent();
    if (isBoolean && YES.matcher(answer).matches()) {
      return "true";
    }
    return isBoolean && NO.matcher(answer).matches() ? "false" : answer;
  }

  /** Where the job's file is to be. */
  Path file() {
    return CamelMain.routes(folder).resolve(said(JobQuestion.ID) + ".camel.yaml");
  }

  /** The job's file. */
  String text() {
    Map<String, String> parameters = new LinkedHashMap<>(others);
    answers.forEach(
        (question, answer) -> {
          if (question.isParameter(answers) && isAsked(question) && isStated(question, answer)) {
            parameters.put(question.option(), answer);
          }
        });
    boolean byHand = JobQuestion.isByHand(answers);
    return new JobDraft(
            schema,
            said(JobQuestion.ID),
            said(JobQuestion.DESCRIPTION),
            byHand ? "" : answers.get(JobQuestion.CRON),
            byHand ? "" : answers.getOrDefault(JobQuestion.TIME_ZONE, "UTC"),
            parameters)
        .text();
  }

  private String said(JobQuestion question) {
    String answer = answers.get(question);
    // Without a name the draft could not be read, and nothing else would be told of it.
    return answer == null || question == JobQuestion.ID && answer.isEmpty() ? TO_COME : answer;
  }

  /** A default is left out: the file says what is the job's own. */
  private boolean isStated(JobQuestion question, String answer) {
    return !answer.isEmpty()
        && !answer.equals(parameter(question).map(Option::otherwise).orElse(null));
  }

  /**
   * What is wrong with what has been said, as a start would tell it: by the question to ask again,
   * in their order.
   *
   * @param all also what nobody has been asked for, under null
   */
  Map<JobQuestion, List<Problem>> problems(boolean all) {
    Map<JobQuestion, List<Problem>> problems = new LinkedHashMap<>();
    List<Problem> found = new ArrayList<>(ofTheName());
    check().mistakes().stream()
        .filter(this::isOfTheDraft)
        .map(Mistake::problem)
        .forEach(found::add);
    for (JobQuestion question : JobQuestion.values()) {
      List<Problem> its =
          found.stream().filter(problem -> question.isOf(problem.option())).toList();
      if (!its.isEmpty() && (all || answers.containsKey(question))) {
        problems.put(question, its);
      }
      found.removeAll(its);
    }
    if (all && !found.isEmpty()) {
      problems.put(null, found);
    }
    return problems;
  }

  private List<Problem> ofTheName() {
    String id = answers.get(JobQuestion.ID);
    if (id == null) {
      return List.of();
    }
    if (id.isEmpty()) {
      return List.of(new Problem("id", "missing - a name for the job and for its file"));
    }
    if (!NAME.matcher(id).matches()) {
      return List.of(
          new Problem(
              "id", "not possible as a file's name - '" + id + "' - letters, digits, '-' and '_'"));
    }
    return Files.exists(file())
        ? List.of(new Problem("id", file() + " is there already - '" + id + "' - another name"))
        : List.of();
  }

  private boolean isOfTheDraft(Mistake mistake) {
    return mistake.place().file().equals(file().toString());
  }

  /** What is no mistake, but a person should hear of. */
  List<Problem> warnings() {
    return check().warnings().stream().filter(this::isOfTheDraft).map(Mistake::problem).toList();
  }

  /** As it has been read. */
  Optional<CheckedJob> job() {
    return check().jobs().stream()
        .filter(job -> job.place().file().equals(file().toString()))
        .findFirst();
  }

  private RoutesCheck check() {
    RouteFolder routes = new RouteFolder(RouteSnapshot.of(CamelMain.routes(folder)), List.of());
    return new RoutesCheck(context, routes, bean -> false, Map.of(file().toString(), text()));
  }
}
