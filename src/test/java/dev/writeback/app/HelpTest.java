package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.writeback.run.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the program says of itself. */
class HelpTest {

  private static final String NAME = "domo-s3-writeback";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern CODE = Pattern.compile("\\| (\\d+) \\|([^|]*)\\|.*");

  @TempDir Path folder;

  /** Picocli's own, of whose help we say nothing. */
  private static final List<String> OTHERS = List.of("help", "generate-completion");

  static List<String> commands() {
    return Program.commandLine().getSubcommands().keySet().stream()
        .filter(name -> !OTHERS.contains(name))
        .toList();
  }

  private static String execute(int exitCode, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine program = Program.commandLine();
    program.setOut(new PrintWriter(out, true));
    assertThat(program.execute(arguments)).isEqualTo(exitCode);
    return out.toString();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachCommandSaysWhatItDoesAndShowsHow(String command) {
    String help = execute(0, command, "--help");

    assertThat(help).contains("\nExamples:\n").doesNotContain("\u001b");
    assertThat(examples(help))
        .isNotEmpty()
        .allSatisfy(
            example -> {
              assertThat(example).startsWith(NAME + " " + command);
              assertThatCode(() -> Program.commandLine().parseArgs(words(example)))
                  .as(example)
                  .doesNotThrowAnyException();
            });
    CommandSpec spec = Program.commandLine().getSubcommands().get(command).getCommandSpec();
    assertThat(spec.usageMessage().description()).isNotEmpty();
    assertThat(spec.options())
        .allSatisfy(
            (OptionSpec option) ->
                assertThat(option.description()).as(option.longestName()).isNotEmpty());
  }

  /** The program reads the annotations of the command alone that it is told to do. */
  @ParameterizedTest
  @MethodSource("commands")
  void aCommandByItselfIsTheOneOfTheWholeProgram(String command) {
    StringWriter out = new StringWriter();
    CommandLine alone = Program.commandLine(command, "--help");
    alone.setOut(new PrintWriter(out, true));

    assertThat(alone.execute(command, "--help")).isZero();

    assertThat(out).hasToString(execute(0, command, "--help"));
    assertThat(alone.getSubcommands()).containsOnlyKeys(command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "generate-completion", "--help", "validte"})
  void whatSpeaksOfAllCommandsKnowsAll(String first) {
    assertThat(Program.commandLine(first).getSubcommands().keySet())
        .containsExactlyElementsOf(Program.commandLine().getSubcommands().keySet());
  }

  @Test
  void theExamplesOfTheProgramItselfCanBeTyped() {
    assertThat(examples(execute(0, "--help")))
        .hasSizeGreaterThan(3)
        .allSatisfy(
            example ->
                assertThatCode(() -> Program.commandLine().parseArgs(words(example)))
                    .doesNotThrowAnyException());
  }

  private static List<String> examples(String help) {
    return help.lines()
        .dropWhile(line -> !line.equals("Examples:"))
        .collect(Collectors.joining("\n"))
        .replaceAll("\\\\\n\\s*", " ")
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(NAME))
        .toList();
  }

  private static String[] words(String line) {
    return WORD.matcher(line)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .skip(1)
        .toArray(String[]::new);
  }

  @Test
  void aCommandThatIsNotThereIsAnsweredWithTheNearest() {
    StringWriter err = new StringWriter();
    CommandLine program = Program.commandLine();
    program.setErr(new PrintWriter(err, true));

    assertThat(program.execute("validte")).isEqualTo(Outcome.CONFIGURATION.exitCode());

    assertThat(err.toString()).contains("validate");
  }

  /** By the script that generate-completion prints, in a bash. */
  @ParameterizedTest
  @CsvSource({
    "'va', validate",
    "'valid', validate",
    "'new-job --over', --overwrite",
    "'check --acc', --account",
    "'run --si', --since"
  })
  void theShellCompletesCommandsAndOptions(String typed, String completed) throws Exception {
    Path script =
        Files.writeString(folder.resolve("completion"), execute(0, "generate-completion"));
    List<String> words = List.of((NAME + " " + typed).split(" "));
    String bash =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; %s; echo \"${COMPREPLY[@]}\""
            .formatted(
                script,
                String.join(" ", words),
                words.size() - 1,
                String.join(" ", words),
                "_complete_" + NAME);
    Process process = new ProcessBuilder("bash", "-c", bash).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.split("\\s+")).contains(completed);
  }

  /** docs/operations.md has one table of all exit codes. */
  @Test
  void theExitCodesAreThoseOfTheTable() throws IOException {
    Map<Integer, String> told = new TreeMap<>();
    try (Stream<String> lines = Files.lines(Path.of("docs/operations.md"))) {
      lines
          .map(CODE::matcher)
          .filter(Matcher::matches)
          .forEach(row -> told.put(Integer.valueOf(row.group(1)), row.group(2)));
    }
    Map<Integer, String> outcomes =
        Arrays.stream(Outcome.values())
            .collect(
                Collectors.groupingBy(
                    Outcome::exitCode,
                    TreeMap::new,
                    Collectors.mapping(
                        outcome ->
                            "`" + outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "`",
                        Collectors.joining(", "))));
    outcomes.put(130, "");
    outcomes.put(143, "");

    assertThat(told.keySet()).isEqualTo(outcomes.keySet());
    told.forEach(
        (code, names) -> assertThat(names.strip()).as("%d", code).isEqualTo(outcomes.get(code)));
  }
}
