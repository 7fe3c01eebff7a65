package dev.writeback.app;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.writeback.run.OneLine;

/** The message of an event of the log, which no text in it can make two lines of. */
public final class OneLineConverter extends MessageConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return OneLine.of(super.convert(event));
  }
}
