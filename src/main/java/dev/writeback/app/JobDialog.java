package dev.writeback.app;

import dev.writeback.job.Problem;
import dev.writeback.run.OneLine;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Asks somebody for a job, pane by pane. Each answer is checked before the next question. */
final class JobDialog {

  private static final String SEARCH = "?";

  /** Of a menu: more would not be looked through. */
  private static final int LONGEST_MENU = 20;

  private static final int LONGEST_WORDS = 240;

  private final JobAnswers answers;
  private final JobMenu menu;
  private final BufferedReader in;
  private final PrintWriter out;
  private final boolean echo;
  private JobQuestion.Pane pane;

  /**
   * @param out where the questions go
   * @param echo whether the answers are written there too, since nobody has typed them there
   */
  JobDialog(JobAnswers answers, Path folder, BufferedReader in, PrintWriter out, boolean echo) {
    this.answers = answers;
    this.menu = new JobMenu(folder);
    this.in = in;
    this.out = out;
    this.echo = echo;
  }

  /**
   * Asks until nothing is wrong.
   *
   * @param given what needs no asking
   * @throws RunException where the answers end before the questions
   */
  void hold(Map<JobQuestion, String> given) {
    for (JobQuestion question : JobQuestion.values()) {
      if (answers.isAsked(question)) {
        if (given.containsKey(question)) {
          answers.put(question, given.get(question));
        } else {
          ask(question);
        }
        correct(false);
      }
    }
    correct(true);
  }

  private void correct(boolean all) {
    Map<JobQuestion, List<Problem>> problems = answers.problems(all);
    while (!problems.isEmpty()) {
      problems.values().forEach(each -> each.forEach(out::println));
      JobQuestion first = problems.keySet().iterator().next();
      if (first == null) {
        throw new RunException(
            Outcome.CONFIGURATION, false, "no file is written: nobody was asked for this");
      }
      ask(first);
      problems = answers.problems(all);
    }
  }

  private void ask(JobQuestion question) {
    if (question.pane() != pane) {
      pane = question.pane();
      out.printf("%n%s%n", pane.title());
    }
    out.printf("%n%s%n", words(question));
    List<String> choices = answers.choices(question);
    if (!choices.isEmpty()) {
      out.println(
          IntStream.range(0, choices.size())
              .mapToObj(i -> i + 1 + " " + choices.get(i))
              .collect(Collectors.joining(", ", "  ", "")));
    }
    if (JobMenu.isFor(question)) {
      out.println(
          question == JobQuestion.PATH
              ? "  ? lists the bucket's folders, ? FOLDER those in one."
              : "  ? WORDS searches for DataSets with these words in their names.");
    }
    String otherwise = otherwise(question);
    String answer = read(question, otherwise);
    List<String> listed = choices;
    while (true) {
      if (JobMenu.isFor(question) && answer.startsWith(SEARCH)) {
        List<JobMenu.Choice> found = search(question, answer.substring(1).strip());
        listed = found.stream().map(JobMenu.Choice::value).toList();
      } else if (isListed(listed, answer)) {
        answer = listed.get(Integer.parseInt(answer) - 1);
        break;
      } else if (isNumber(answer)
          && !choices.contains(answer)
          && (question == JobQuestion.INPUT_DATASET || !listed.isEmpty())) {
        out.println(
            "  "
                + answer
                + " is not listed"
                + (listed.isEmpty()
                    ? ": ? WORDS lists DataSets."
                    : ": 1 to " + listed.size() + "."));
      } else {
        break;
      }
      answer = read(question, otherwise);
    }
    answers.put(question, answer.isEmpty() ? otherwise : answer);
  }

  private static boolean isNumber(String answer) {
    return answer.matches("\\d{1,3}");
  }

  private static boolean isListed(List<String> listed, String answer) {
    return isNumber(answer)
        && !listed.contains(answer)
        && Integer.parseInt(answer) >= 1
        && Integer.parseInt(answer) <= listed.size();
  }

  private List<JobMenu.Choice> search(JobQuestion question, String words) {
    try {
      List<JobMenu.Choice> found = menu.search(question, words, answers);
      List<JobMenu.Choice> shown = found.stream().limit(LONGEST_MENU).toList();
      for (int i = 0; i < shown.size(); i++) {
        out.printf("  %2d  %s%n", i + 1, OneLine.of(shown.get(i).label()));
      }
      out.println(
          found.isEmpty()
              ? "  Nothing is found."
              : "  Its number chooses one."
                  + (found.size() > shown.size() ? " There are more: add a word." : ""));
      return shown;
    } catch (RunException unreached) {
      out.println("  " + unreached.getMessage());
      return List.of();
    }
  }

  private String words(JobQuestion question) {
    return answers
        .parameter(question)
        .map(option -> option.title() + ": " + beginning(option.description()))
        .orElseGet(
            () ->
                switch (question) {
                  case CRON -> "Schedule: " + question.help();
                  case TIME_ZONE -> "Time Zone: " + question.help();
                  case ID -> "Name: " + question.help();
                  default -> "Description: " + question.help();
                });
  }

  /** As many sentences as somebody reads before a question; at least one. */
  private static String beginning(String description) {
    StringBuilder text = new StringBuilder();
    for (String sentence : description.split("(?<=\\.) ")) {
      if (text.length() > 0 && text.length() + sentence.length() > LONGEST_WORDS) {
        break;
      }
      text.append(text.length() == 0 ? "" : " ").append(sentence);
    }
    return text.toString();
  }

  /** What an empty answer means here, where somebody sees it before. */
  private String otherwise(JobQuestion question) {
    return switch (question) {
      case ID -> idOf(answers.get(JobQuestion.FILE_NAME));
      default -> answers.otherwise(question);
    };
  }

  /** {@code sales} of {@code Sales_<current_date-1>}. */
  private static String idOf(String fileName) {
    return fileName == null
        ? ""
        : Stream.of(fileName.replaceAll("<[^>]*>", "").split("[^\\p{L}\\p{N}]+"))
            .filter(word -> !word.isEmpty())
            .reduce((one, other) -> one + "-" + other)
            .orElse("")
            .toLowerCase(Locale.ROOT);
  }

  private String read(JobQuestion question, String otherwise) {
    out.print("  " + (otherwise.isEmpty() ? "" : "[" + otherwise + "] ") + "> ");
    out.flush();
    try {
      String line = in.readLine();
      if (line == null) {
        out.println();
        throw new RunException(
            Outcome.CONFIGURATION,
            false,
            question.option()
                + " - the answers end here, no file is written - answer it, or state"
                + " --"
                + question.option());
      }
      if (echo) {
        out.println(line);
      }
      return line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
