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
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Listens to what the log is told of some runs of one job, line by line as the log shows it: each
 * line about a run begins with the name of its job, and names the run, if any, before all else.
 */
final class RunLines extends AppenderBase<ILoggingEvent> {

  private static final String OF_THE_PROGRAM = "dev.writeback";

  private static final Pattern RUN =
      Pattern.compile("\\brun (\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})");

  private final Pattern begin;
  private final Predicate<String> isOwn;
  private final Consumer<String> lines;
  private final Encoder<ILoggingEvent> encoder;

  private RunLines(String job, Predicate<String> isOwn, Consumer<String> lines) {
    this.begin = Pattern.compile(Pattern.quote(job) + "[ ,:].*", Pattern.DOTALL);
    this.isOwn = isOwn;
    this.lines = lines;
    this.encoder = ofTheLog(logger(org.slf4j.Logger.ROOT_LOGGER_NAME));
  }

  /**
   * @param isOwn whether a run, by its id, is one of them
   * @param lines is told each line, on the thread that logs it
   */
  static RunLines of(String job, Predicate<String> isOwn, Consumer<String> lines) {
    RunLines listening = new RunLines(job, isOwn, lines);
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
    String message = event.getFormattedMessage();
    if (begin.matcher(message).matches() && isOwn(message)) {
      lines.accept(
          encoder == null
              ? message
              : new String(encoder.encode(event), StandardCharsets.UTF_8).stripTrailing());
    }
  }

  private boolean isOwn(String message) {
    Matcher run = RUN.matcher(message);
    return !run.find() || isOwn.test(run.group(1));
  }

  void end() {
    logger(OF_THE_PROGRAM).detachAppender(this);
    stop();
  }
}
