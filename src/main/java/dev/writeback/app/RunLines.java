package dev.writeback.app;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Listens to what the log is told of one job, line by line as the log shows it: each line about a
 * run begins with the name of its job.
 */
final class RunLines extends AppenderBase<ILoggingEvent> {

  private static final String OF_THE_PROGRAM = "dev.writeback";

  private final Pattern begin;
  private final Consumer<String> lines;
  private final Encoder<ILoggingEvent> encoder;

  private RunLines(String job, Consumer<String> lines) {
    this.begin = Pattern.compile(Pattern.quote(job) + "[ ,:].*", Pattern.DOTALL);
    this.lines = lines;
    this.encoder = ofTheLog(logger(org.slf4j.Logger.ROOT_LOGGER_NAME));
  }

  /**
   * @param lines is told each line, on the thread that logs it
   */
  static RunLines of(String job, Consumer<String> lines) {
    RunLines listening = new RunLines(job, lines);
    Logger program = logger(OF_THE_PROGRAM);
    listening.setContext(program.getLoggerContext());
    listening.start();
    program.addAppender(listening);
    return listening;
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  /** Null where the log goes elsewhere than into lines. */
  private static Encoder<ILoggingEvent> ofTheLog(Logger root) {
    for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
      if (all.next() instanceof OutputStreamAppender<ILoggingEvent> output) {
        return output.getEncoder();
      }
    }
    return null;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (begin.matcher(event.getFormattedMessage()).matches()) {
      lines.accept(
          encoder == null
              ? event.getFormattedMessage()
              : new String(encoder.encode(event), StandardCharsets.UTF_8).stripTrailing());
    }
  }

  void end() {
    logger(OF_THE_PROGRAM).detachAppender(this);
    stop();
  }
}
