package dev.writeback.domo;

import dev.writeback.run.Watermark;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** The CSV of an increment, put together from pages and from an export as it is read. */
final class Increment {

  private final DomoClient client;
  private final String dataSet;
  private final FormulaEscaping formulas;
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

  Increment(
      DomoClient client, String dataSet, FormulaEscaping formulas, Cancellation cancellation) {
    this.client = client;
    this.dataSet = dataSet;
    this.formulas = formulas;
    this.cancellation = cancellation;
  }

  /** Page by page; from the first that Domo refuses on, by one pass over the export. */
  InputStream paged(List<Watermark> ranges, Questions questions, ExecutorService threads)
      throws IOException {
    ExportShape shape;
    try (InputStream beginning = export()) {
      shape = ExportShape.learn(beginning, this::export, questions::emptyStrings);
    }
    Pages pages = new Pages(client, dataSet, ranges, cancellation, threads);
    return inTurn(
        List.of(
            () -> new ByteArrayInputStream(shape.header()),
            () -> new PageStream(dataSet, pages, shape),
            () ->
                pages.rest() == null
                    ? InputStream.nullInputStream()
                    : new BatchFilter(export(), pages.rest(), false)));
  }

  /** By one pass over the export. */
  InputStream filtered(Watermark range) {
    return new BatchFilter(export(), range, true);
  }

  private ExportStream export() {
    return client.export(dataSet, formulas, cancellation.part(), Proof.none(dataSet), null);
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
