package dev.writeback.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writeback.job.ReloadState;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.run.RunContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalInt;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Header;

/**
 * What the running program answers its commands, as they print it. Used by {@code
 * routes/management.camel.yaml}; the arguments are those of the question's address.
 */
public final class Management implements CamelContextAware {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CamelContext context;
  private RunsByHand runs;

  /** How each job stands. */
  public String jobs(@Header("json") Boolean json) {
    StringWriter text = new StringWriter();
    new StatusListing(
            new JobStates(context).all(), ReloadState.of(context), Boolean.TRUE.equals(json))
        .print(new PrintWriter(text));
    return text.toString();
  }

  /**
   * The latest runs.
   *
   * @param job null for all jobs
   * @param width of the terminal; null where there is none
   */
  public String history(
      @Header("job") String job,
      @Header("most") Integer most,
      @Header("json") Boolean json,
      @Header("width") Integer width) {
    StringWriter text = new StringWriter();
    OptionalInt terminal = width == null ? OptionalInt.empty() : OptionalInt.of(width);
    HistoryPrinter.of(Boolean.TRUE.equals(json), terminal)
        .print(
            context
                .getComponent("ledger", LedgerComponent.class)
                .getLedger()
                .history(
                    job, HistoryCommand.requireFew(most == null ? HistoryCommand.USUAL : most)),
            new PrintWriter(text));
    return text.toString();
  }

  /**
   * What runs would do, as JSON of {@link CommandAnswer}.
   *
   * @param job null for all jobs
   * @param at the slot as it is typed, or null for now
   */
  public String plan(
      @Header("job") String job,
      @Header("at") String at,
      @Header("since") Long since,
      @Header("json") Boolean json)
      throws JsonProcessingException {
    return JSON.writeValueAsString(
        PlanCommand.plan(new Jobs(), job, slot(at), since, Boolean.TRUE.equals(json)));
  }

  /** The first rows of a job's object, as JSON of {@link CommandAnswer}. */
  public String preview(@Header("job") String job, @Header("rows") Long rows)
      throws JsonProcessingException {
    return JSON.writeValueAsString(
        PreviewCommand.preview(new Jobs(), job, rows == null ? PreviewCommand.USUAL_ROWS : rows));
  }

  private static Object slot(String at) {
    return at == null ? null : new SlotConverter().convert(at);
  }

  /**
   * Begins a run.
   *
   * @param at the slot as it is typed, or null for now
   * @param byHand false for a run that is repeated as a scheduled one is
   * @return by what name to follow it
   */
  public String run(
      @Header("job") String job,
      @Header("at") String at,
      @Header("since") Long since,
      @Header("byHand") Boolean byHand) {
    return runsByHand().begin(job, slot(at), since, !Boolean.FALSE.equals(byHand)).id();
  }

  /**
   * What is new of a run, as JSON of {@link RunNews}.
   *
   * @param from how many of its lines are known already
   */
  public String follow(@Header("id") String id, @Header("from") Integer from)
      throws JsonProcessingException {
    FollowedRun run = runsByHand().get(id);
    RunContext running = new JobStates(context).running(run.job());
    String progress =
        running != null && run.isOf(running.getId()) ? ProgressLine.text(running) : null;
    return JSON.writeValueAsString(run.news(from == null ? 0 : from, progress));
  }

  private synchronized RunsByHand runsByHand() {
    if (runs == null) {
      runs = new RunsByHand(context);
    }
    return runs;
  }

  @Override
  public CamelContext getCamelContext() {
    return context;
  }

  @Override
  public void setCamelContext(CamelContext context) {
    this.context = context;
  }
}
