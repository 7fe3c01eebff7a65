package dev.writeback.domo;

import dev.writeback.run.Watermark;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** The CSV of an increment, put together from pages and from an export as it is read. */
final class Increment {

  private final DomoClient client;
  private final String dataSet;
  private final Cancellation cancellation;

  /**
   * @param body gives up what it reads by the cancellation it was made with
   */
  record Source(InputStream body) implements CsvSource {

    /** Each page and the export tell their own ends. */
    @Override
    public boolean isFramed() {
      return true;
    }

    @Override
    public void close() {}
  }

  Increment(DomoClient client, String dataSet, Cancellation cancellation) {
    this.client = client;
    this.dataSet = dataSet;
    this.cancellation = cancellation;
  }

  /** Pages first; then, by one pass over the export, what is planned so and what Domo refused. */
  InputStream paged(IncrementPlan plan, ExecutorService threads) throws IOException {
    ExportShape shape;
    try (InputStream beginning = export()) {
      shape = ExportShape.learn(beginning);
    }
    Pages pages = new Pages(client, dataSet, plan.pages(), cancellation, threads);
    return inTurn(
        List.of(
            () -> new ByteArrayInputStream(shape.header()),
            () -> new PageStream(dataSet, pages, shape),
            () -> rest(plan.exported(), pages.refused())));
  }

  private InputStream rest(List<Watermark> planned, List<Watermark> refused) {
    List<Watermark> ranges = new ArrayList<>(planned);
    ranges.addAll(refused);
    return ranges.isEmpty() ? InputStream.nullInputStream() : filtered(ranges, false);
  }

  InputStream filtered(List<Watermark> ranges, boolean withHeader) {
    return new BatchFilter(export(), ranges, withHeader);
  }

  private ExportStream export() {
    return client.export(dataSet, cancellation.part(), Proof.none(dataSet), null);
  }

  /** Each begins when the one before has ended. */
  private static InputStream inTurn(List<Supplier<InputStream>> parts) {
    Iterator<InputStream> streams = parts.stream().map(Supplier::get).iterator();
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return streams.hasNext();
          }

          @Override
          public InputStream nextElement() {
            return streams.next();
          }
        });
  }
}
