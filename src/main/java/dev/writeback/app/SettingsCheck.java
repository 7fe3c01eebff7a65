package dev.writeback.app;

import dev.writeback.job.Mistake;
import dev.writeback.job.Place;
import dev.writeback.job.Placeholders;
import dev.writeback.job.Problem;
import dev.writeback.job.RouteSnapshot;
import dev.writeback.run.NearestWord;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** What a start would refuse in {@code application.properties}, and what nothing reads there. */
final class SettingsCheck {

  private static final Pattern SETTING = Pattern.compile("\\s*([^#!\\s=:][^\\s=:]*)\\s*[=:].*");
  private static final Pattern NAMED = Pattern.compile("\\{\\{\\??([^{}:]+)");

  private static final Set<String> LEDGER =
      Set.of(LedgerDatabase.URL, LedgerDatabase.USER, LedgerDatabase.PASSWORD);

  /** What the program reads by itself; all others are named by a route file or another setting. */
  private static final Set<String> OWN =
      Set.of(
          Reloading.SETTING,
          ManagementPort.PORT,
          ManagementGate.NAMES,
          LedgerDatabase.URL,
          LedgerDatabase.USER,
          LedgerDatabase.PASSWORD);

  /** Those that others read, Camel without a word where they are no number; and what is right. */
  private static final Map<String, String> NUMBERS =
      Map.of(
          "camel.main.shutdownTimeout", "seconds, such as 10",
          "camel.component.quartz.properties[org.quartz.threadPool.threadCount]",
              "as many threads as jobs that may run at once, such as 50",
          "alerts.mail.port", "a port such as 25");

  /** Camel checks its own. */
  private static final String OF_CAMEL = "camel.";

  private final CamelContext context;
  private final Path file;
  private final String text;

  /** Where each setting stands, by its name. */
  private final Map<String, Integer> lines;

  SettingsCheck(CamelContext context, Path folder) {
    this.context = context;
    this.file = CamelMain.settings(folder);
    this.text = text(file);
    this.lines = lines(text);
  }

  /** Nothing is opened, and nobody contacted. */
  List<Mistake> mistakes() {
    Map<String, Consumer<CamelContext>> checks =
        Map.of(
            Reloading.SETTING, Reloading::interval,
            ManagementPort.PORT, ManagementPort::check,
            LedgerDatabase.URL, LedgerDatabase::check);
    List<Mistake> mistakes = new ArrayList<>();
    for (String name : new TreeSet<>(OWN)) {
      problem(name, checks.getOrDefault(name, resolved -> {}))
          .ifPresent(problem -> mistakes.add(mistake(lines.get(name), problem)));
    }
    for (String name : new TreeSet<>(NUMBERS.keySet())) {
      problem(name, resolved -> requireNumber(name))
          .ifPresent(problem -> mistakes.add(mistake(lines.get(name), problem)));
    }
    return mistakes;
  }

  private void requireNumber(String name) {
    String value = context.resolvePropertyPlaceholders("{{" + name + ":}}").trim();
    if (!value.matches("\\d{0,9}")) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          name + " - not a whole number - '" + value + "' - " + NUMBERS.get(name));
    }
  }

  /** Those of the ledger alone, and whether it can be on this machine: what a single run needs. */
  List<Mistake> mistakesOfLedger() {
    return mistakesHere().stream().filter(one -> LEDGER.contains(one.problem().option())).toList();
  }

  /** All that {@link #mistakes} has, and what this machine has not. */
  List<Mistake> mistakesHere() {
    List<Mistake> mistakes = mistakes();
    if (mistakes.stream().noneMatch(one -> one.problem().option().equals(LedgerDatabase.URL))) {
      problem(LedgerDatabase.URL, LedgerDatabase::requireWritable)
          .ifPresent(problem -> mistakes.add(mistake(lines.get(LedgerDatabase.URL), problem)));
    }
    return mistakes;
  }

  private Optional<Problem> problem(String name, Consumer<CamelContext> check) {
    Optional<String> undefined = Placeholders.ofSetting(context, name);
    if (undefined.isPresent()) {
      return undefined.map(words -> new Problem(name, words));
    }
    try {
      check.accept(context);
      return Optional.empty();
    } catch (RunException e) {
      return Optional.of(Problem.of(e.getMessage()));
    }
  }

  /** Those that look like a slip: the name of another that is read. */
  List<Mistake> warnings(RouteSnapshot routes) {
    Set<String> read = new TreeSet<>(OWN);
    routes.texts().forEach(text -> addNamed(text, read));
    addNamed(text, read);
    List<Mistake> warnings = new ArrayList<>();
    lines.forEach(
        (name, line) -> {
          if (!read.contains(name) && !name.startsWith(OF_CAMEL)) {
            NearestWord.to(name, read)
                .ifPresent(
                    word ->
                        warnings.add(
                            mistake(
                                line,
                                new Problem(
                                    name,
                                    "nothing reads this setting - did you mean '" + word + "'?"))));
          }
        });
    return warnings;
  }

  private static void addNamed(String text, Set<String> names) {
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      names.add(named.group(1));
    }
  }

  private static Map<String, Integer> lines(String text) {
    Map<String, Integer> lines = new TreeMap<>();
    List<String> all = text.lines().toList();
    for (int at = 0; at < all.size(); at++) {
      Matcher setting = SETTING.matcher(all.get(at));
      if (setting.matches()) {
        lines.put(setting.group(1), at + 1);
      }
    }
    return lines;
  }

  /**
   * @param line null where the setting does not stand in the file, such as a system property
   */
  private Mistake mistake(Integer line, Problem problem) {
    return line == null
        ? new Mistake("", problem)
        : new Mistake(new Place(file.toString(), line, 1), "", problem);
  }

  private static String text(Path file) {
    try {
      // Whatever else it holds, the names are ASCII.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
