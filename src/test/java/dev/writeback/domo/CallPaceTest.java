package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the next call may go out. */
class CallPaceTest {

  private static final long NOW = -5;

  private final CallPace pace = new CallPace(Duration.ZERO);

  @Test
  void callsGoOutAsTheyComeWhereNothingIsStated() {
    pace.called(NOW);

    assertThat(pace.delay(NOW)).isZero();
  }

  @Test
  void callsKeepTheStatedSpace() {
    CallPace stated = new CallPace(Duration.ofMillis(500));
    assertThat(stated.delay(NOW)).isZero();
    stated.called(NOW);

    assertThat(stated.delay(after("PT0.2S"))).isEqualTo(Duration.ofMillis(300));
    assertThat(stated.delay(after("PT0.6S"))).isZero();
  }

  @Test
  void noCallGoesOutBeforeDomoWantsOne() {
    pace.limited(NOW, Duration.ofSeconds(30));

    assertThat(pace.pause(after("PT10S"))).isEqualTo(Duration.ofSeconds(20));
    assertThat(pace.delay(after("PT10S"))).isEqualTo(Duration.ofSeconds(20));
    assertThat(pace.delay(after("PT30S"))).isZero();
  }

  @Test
  void aShorterPauseDoesNotEndALongerOne() {
    pace.limited(NOW, Duration.ofSeconds(30));
    pace.limited(NOW, Duration.ofSeconds(2));

    assertThat(pace.delay(NOW)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void thePauseDoublesWhereDomoDoesNotSayHowLong() {
    pace.limited(NOW, null);
    pace.limited(NOW, null);
    assertThat(pace.delay(NOW)).as("two of one burst are one refusal").hasSeconds(5);

    pace.limited(after("PT5S"), null);
    assertThat(pace.delay(after("PT5S"))).hasSeconds(10);

    for (int more = 0; more < 20; more++) {
      pace.limited(after("PT1H") * (more + 1), null);
    }
    assertThat(pace.delay(after("PT1H") * 20)).hasSeconds(160);
  }

  @Test
  void anAnswerAfterThePauseMakesTheNextOneShortAgain() {
    pace.limited(NOW, null);
    pace.limited(after("PT5S"), null);
    pace.answered(after("PT15S"));
    pace.limited(after("PT16S"), null);

    assertThat(pace.delay(after("PT16S"))).hasSeconds(5);
  }

  /** Such a call had gone out before. */
  @Test
  void anAnswerWithinThePauseEndsNothing() {
    pace.limited(NOW, Duration.ofSeconds(30));
    pace.answered(after("PT1S"));

    assertThat(pace.delay(after("PT1S"))).hasSeconds(29);
  }

  @Test
  void thoseWhoWaitedTogetherComeBackOneByOneForAWhile() {
    pace.limited(NOW, Duration.ofSeconds(10));
    pace.called(after("PT10S"));
    assertThat(pace.delay(after("PT10S"))).isEqualTo(Duration.ofMillis(250));

    pace.called(after("PT2M"));
    assertThat(pace.delay(after("PT2M"))).isZero();
  }

  private static long after(String duration) {
    return NOW + Duration.parse(duration).toNanos();
  }
}
