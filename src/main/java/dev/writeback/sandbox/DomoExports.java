package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.DomoFault.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Sends a DataSet as CSV, in constant memory. */
final class DomoExports {

  private final SandboxDomo domo;

  DomoExports(SandboxDomo domo) {
    this.domo = domo;
  }

  static byte[] header(DataSet dataSet) {
    String line =
        dataSet.columns().stream()
            .map(column -> CsvShape.DEFAULT.field(column.name()))
            .collect(Collectors.joining(",", "", "\n"));
    return line.getBytes(StandardCharsets.UTF_8);
  }

  void send(HttpExchange exchange, DomoCatalog catalog, DataSet dataSet, Map<String, String> query)
      throws IOException {
    String id = dataSet.id();
    String fileName = query.getOrDefault("fileName", "");
    exchange.getResponseHeaders().set("Content-Type", "text/csv");
    exchange
        .getResponseHeaders()
        .set(
            "Content-Disposition",
            "attachment; filename=" + (fileName.isEmpty() ? id + ".csv" : fileName));
    boolean gzip = domo.compressing() && acceptsGzip(exchange);
    if (gzip) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    DomoExport export = domo.export(id);
    try {
      exchange.sendResponseHeaders(200, 0);
      ExportStream counted = new ExportStream(exchange.getResponseBody(), export);
      injectFaults(counted, id);
      if (domo.fault(Kind.UPDATED, Endpoint.EXPORT, id).isPresent()) {
        catalog.update(id, Instant.now().truncatedTo(ChronoUnit.MILLIS));
      }
      // Not closed on a failure: closing would end the chunks as if all had been sent.
      OutputStream out = gzip ? new GZIPOutputStream(counted, 64 * 1024) : counted;
      try {
        write(dataSet, out, query);
        if (gzip) {
          ((GZIPOutputStream) out).finish();
        }
        counted.finish();
      } catch (ExportStream.Enough e) {
        out.flush();
      }
      // Before the last byte goes out: who has it finds the export ended.
      export.end(DomoExport.State.ENDED);
      exchange.close();
    } catch (Throwable broken) {
      export.end(DomoExport.State.BROKEN);
      throw broken;
    }
  }

  private void write(DataSet dataSet, OutputStream out, Map<String, String> query)
      throws IOException {
    if (Boolean.parseBoolean(query.get("includeHeader"))) {
      out.write(header(dataSet));
    }
    if (domo.fault(Kind.HEADER_ONLY, Endpoint.EXPORT, dataSet.id()).isPresent()) {
      return;
    }
    long missing =
        domo.fault(Kind.MISSING_ROWS, Endpoint.EXPORT, dataSet.id())
            .map(DomoFault::amount)
            .orElse(0L);
    DomoFault wrong = domo.fault(Kind.WRONG_ROW, Endpoint.EXPORT, dataSet.id()).orElse(null);
    long rows = Math.max(dataSet.rows() - missing, 0);
    if (wrong == null) {
      dataSet.writeCsv(out, shape(query), rows);
    } else {
      dataSet.writeCsv(out, shape(query), wrong.amount());
      out.write(wrong.message().getBytes(StandardCharsets.ISO_8859_1));
      // The first rows once more: only their number, and what is wrong, counts.
      dataSet.writeCsv(out, shape(query), rows - 1 - wrong.amount());
    }
  }

  /** As Domo's Java SDK documents it: disabling the interpretation escapes. */
  private CsvShape shape(Map<String, String> query) {
    String disabled = query.get("disableFormulaInterpretation");
    return disabled == null
        ? domo.shape()
        : domo.shape().withFormulasEscaped(Boolean.parseBoolean(disabled));
  }

  private void injectFaults(ExportStream stream, String id) {
    domo.fault(Kind.CUT, Endpoint.EXPORT, id).ifPresent(fault -> stream.cutAfter(fault.amount()));
    domo.fault(Kind.END_EARLY, Endpoint.EXPORT, id)
        .ifPresent(fault -> stream.endAfter(fault.amount()));
    domo.fault(Kind.STALL, Endpoint.EXPORT, id)
        .ifPresent(fault -> stream.stallAfter(fault.amount(), domo::holdUntilHealed));
    domo.fault(Kind.THROTTLE, Endpoint.EXPORT, id).ifPresent(fault -> stream.limit(fault.amount()));
  }

  private static boolean acceptsGzip(HttpExchange exchange) {
    return exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()).stream()
        .anyMatch(value -> value.contains("gzip"));
  }
}
