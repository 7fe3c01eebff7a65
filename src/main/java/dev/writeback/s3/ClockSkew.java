package dev.writeback.s3;

import dev.writeback.run.CheckResult;
import dev.writeback.run.Outcome;
import dev.writeback.run.TimeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;

/** How far this machine's clock is from that of a server, by the Date header of its answer. */
final class ClockSkew {

  /** A header tells whole seconds, and an answer takes its time. */
  private static final Duration UNNOTICED = Duration.ofSeconds(30);

  /** AWS refuses a request that is signed at a time so far from its own. */
  private static final Duration REFUSED = Duration.ofMinutes(5);

  private ClockSkew() {}

  /** The server's time; empty where it tells none. */
  static Optional<Instant> time(SdkHttpResponse answer) {
    return answer.firstMatchingHeader("Date").flatMap(ClockSkew::instant);
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  static CheckResult judge(Instant here, Instant there) {
    Duration skew = Duration.between(there, here);
    String found =
        skew.abs().compareTo(UNNOTICED) <= 0
            ? "as the STS's"
            : TimeText.of(skew.abs())
                + (skew.isNegative() ? " behind" : " ahead of")
                + " the STS's, which is "
                + there;
    if (skew.abs().compareTo(UNNOTICED) <= 0) {
      return CheckResult.ok(found);
    }
    String advice = "set this machine's clock by NTP: AWS refuses what is signed 5 minutes off";
    return skew.abs().compareTo(REFUSED) < 0
        ? CheckResult.warn(found, advice)
        : CheckResult.failed(Outcome.CONFIGURATION, found, advice);
  }
}
