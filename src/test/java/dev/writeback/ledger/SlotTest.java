package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quartz.CronScheduleBuilder.cronSchedule;
import static org.quartz.TriggerBuilder.newTrigger;

import dev.writeback.run.RunRequest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import java.util.TimeZone;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.quartz.Trigger;

/** Which moment a run is for, and in which zone its dates are told. */
class SlotTest {

  private static final ZoneId DENVER = ZoneId.of("America/Denver");
  private static final Instant SIX = Instant.parse("2026-03-29T12:00:00Z");

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  private static Trigger everyDayAtSix() {
    return newTrigger()
        .withSchedule(cronSchedule("0 0 6 * * ?").inTimeZone(TimeZone.getTimeZone(DENVER)))
        .build();
  }

  private void firedAt(Instant time) {
    exchange.getMessage().setHeader("trigger", everyDayAtSix());
    exchange.getMessage().setHeader("scheduledFireTime", Date.from(time));
  }

  @Test
  void isTheScheduledTimeInTheTriggersZone() {
    firedAt(SIX);
    assertThat(Slot.of(exchange, null)).isEqualTo(new Slot(SIX, DENVER, true));
  }

  @Test
  void isTheCronsTimeWhereQuartzFiresLate() {
    firedAt(SIX.plusSeconds(4711));
    assertThat(Slot.of(exchange, null)).isEqualTo(new Slot(SIX, DENVER, true));
  }

  @Test
  void isTheMissedTimeThatATriggerOfItsOwnSays() {
    exchange.getMessage().setHeader("scheduledFireTime", Date.from(SIX.plusSeconds(4711)));
    exchange
        .getMessage()
        .setHeader(
            "mergedJobDataMap",
            Map.of(
                RunRequest.SLOT, SIX.toString(), "CamelQuartzTriggerCronTimeZone", DENVER.getId()));
    assertThat(Slot.of(exchange, null)).isEqualTo(new Slot(SIX, DENVER, true));
  }

  @Test
  void isTheOneThatAPersonChoseWhateverFired() {
    firedAt(SIX);
    exchange.setProperty(RunRequest.SLOT, SIX.plusSeconds(1));
    assertThat(Slot.of(exchange, null)).isEqualTo(new Slot(SIX.plusSeconds(1), DENVER, false));
  }

  @Test
  void ofALocalTimeIsInTheJobsZone() {
    exchange.setProperty(RunRequest.SLOT, LocalDateTime.parse("2026-03-29T06:00"));
    assertThat(Slot.of(exchange, "America/Denver").moment()).isEqualTo(SIX);
    exchange.setProperty(RunRequest.TRIGGER_ZONE, ZoneId.of("Europe/Berlin"));
    assertThat(Slot.of(exchange, null).moment()).isEqualTo(Instant.parse("2026-03-29T04:00:00Z"));
  }

  @Test
  void ofALocalTimeThatDoesNotExistIsAnHourLater() {
    exchange.setProperty(RunRequest.SLOT, LocalDateTime.parse("2026-03-08T02:30"));
    assertThat(Slot.of(exchange, "America/Denver").moment())
        .isEqualTo(Instant.parse("2026-03-08T09:30:00Z"));
  }

  @Test
  void ofALocalTimeThatComesTwiceIsTheFirst() {
    exchange.setProperty(RunRequest.SLOT, LocalDateTime.parse("2026-11-01T01:30"));
    assertThat(Slot.of(exchange, "America/Denver").moment())
        .isEqualTo(Instant.parse("2026-11-01T07:30:00Z"));
  }

  @Test
  void isNowInUtcWhereNobodySays() {
    Instant before = Instant.now();
    Slot slot = Slot.of(exchange, null);
    assertThat(slot.moment()).isBetween(before, Instant.now());
    assertThat(slot.zone()).isEqualTo(ZoneOffset.UTC);
    assertThat(slot.scheduled()).isFalse();
  }

  @Test
  void hasOneZone() {
    firedAt(SIX);
    assertThat(Slot.of(exchange, "America/Denver").zone()).isEqualTo(DENVER);
    assertThatThrownBy(() -> Slot.of(exchange, "Europe/Berlin"))
        .hasMessageContaining("'Europe/Berlin' is not the trigger's zone, 'America/Denver'");
    assertThatThrownBy(() -> Slot.of(exchange, "Denver"))
        .hasMessageContaining("timeZone - no such zone - 'Denver'");
  }
}
