package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeback.Spec;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every bad edit is told in the same words, whichever door the files come in by. */
class BadEditsTest {

  private static final int FEWEST_CASES = 60;

  @TempDir Path folder;

  /** Where the files of a folder are looked at; gives the lines that are told. */
  private enum Door {
    VALIDATE {
      @Override
      List<String> told(Path folder) {
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new ValidateCommand(folder));
        int exitCode = command.setOut(new PrintWriter(out, true)).execute();
        assertThat(exitCode).isEqualTo(Outcome.CONFIGURATION.exitCode());
        return out.toString()
            .lines()
            .filter(line -> !line.startsWith("Note: ") && !line.contains(" is right, "))
            .toList();
      }
    },
    START {
      @Override
      List<String> told(Path folder) {
        RunException refusal =
            catchThrowableOfType(RunException.class, () -> new Jobs(folder).runUntilStopped());
        assertThat(refusal.outcome()).isEqualTo(Outcome.CONFIGURATION);
        return refusal.getMessage().lines().toList();
      }
    };

    abstract List<String> told(Path folder);
  }

  static Stream<Arguments> casesByDoor() throws IOException {
    return BadEdits.cases()
        .flatMap(edit -> Stream.of(Door.values()).map(door -> Arguments.of(door, edit)));
  }

  @ParameterizedTest
  @MethodSource("casesByDoor")
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void isTold(Door door, Spec.Case edit) throws IOException {
    BadEdits.good(folder);
    BadEdits.apply(edit, folder);

    assertThat(door.told(folder))
        .map(line -> BadEdits.withoutLists(line.replace(folder + "/routes/", "")))
        .containsExactlyElementsOf(edit.list("told"));
  }

  @Test
  void withoutAnyEditNothingIsTold() throws IOException {
    BadEdits.good(folder);
    CommandLine command = new CommandLine(new ValidateCommand(folder));
    assertThat(command.execute()).isZero();
  }

  @Test
  void theCorpusIsLargeEnough() throws IOException {
    assertThat(BadEdits.cases()).hasSizeGreaterThanOrEqualTo(FEWEST_CASES);
  }
}
