package dev.writeback.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A DataSet of any size, made while it is read: each row follows from the seed and its number
 * alone. It mixes what breaks careless readers: quoted commas, quotes and newlines, nulls, empty
 * strings, non-ASCII text, decimals, dates.
 */
final class GeneratedDataSet implements DataSet {

  /** The mean length of a row in the default shape; the mix does not depend on the size. */
  static final int MEAN_ROW_BYTES = 110;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("order_id", Type.LONG),
          new Column("order_date", Type.DATE),
          new Column("customer", Type.STRING),
          new Column("region", Type.STRING),
          new Column("quantity", Type.LONG),
          new Column("amount", Type.DECIMAL),
          new Column("note", Type.STRING),
          new Column("_BATCH_ID_", Type.DOUBLE),
          new Column("_BATCH_LAST_RUN_", Type.DATETIME));
  private static final int BLOCK = 64 * 1024;
  private static final int ROOM_FOR_A_ROW = 1024;
  private static final int DAYS = 2048;
  private static final LocalDate FIRST_DAY = LocalDate.of(2021, 1, 1);

  private static final String[] CUSTOMERS = {
    "Acme Corporation of Greater Springfield",
    "Miller, Sons & Co.",
    "Søren Kjær A/S",
    "Café \"Zur Post\"",
    "株式会社サンプル",
    "O'Brien Ltd",
    "Weiß & Größe GmbH",
    "Data \"R\" Us, Inc."
  };
  private static final String[] REGIONS = {
    "North", "South", "East", "West", null, "São Paulo", "Zürich", ""
  };
  private static final String[] NOTES = {
    null,
    null,
    "delivered on time, signed for by the neighbour at the corner shop",
    "left at the door,\nrang twice",
    "the customer said: \"call first\", and then hung up",
    "line one\r\nline two\r\nline three",
    "partial delivery; the rest follows with the next truck from the central warehouse",
    "ok",
    "naïve façade — coöperation",
    "=1+1",
    "-",
    "  leading and trailing blanks  ",
    "tab\there, pipe | there, semicolon; too",
    "\uD83D\uDE9A on its way",
    "",
    "invoice to be sent by post, as always"
  };
  private static final String[] DATES =
      IntStream.range(0, DAYS)
          .mapToObj(day -> FIRST_DAY.plusDays(day).toString())
          .toArray(String[]::new);

  private static final String[] QUANTITIES =
      IntStream.rangeClosed(1, 256).mapToObj(String::valueOf).toArray(String[]::new);

  private final String id;
  private final String name;
  private final long rows;
  private final long rowsInBatch;
  private final long seed;

  /** How many rows there are up to the end of each batch; null where all batches are alike. */
  private final long[] ends;

  /**
   * @param rowsInBatch how many rows have the same {@code _BATCH_ID_}; the ids begin with 1
   */
  GeneratedDataSet(String id, String name, long rows, long rowsInBatch, long seed) {
    this(id, name, rows, rowsInBatch, seed, null);
  }

  private GeneratedDataSet(
      String id, String name, long rows, long rowsInBatch, long seed, long[] ends) {
    this.id = id;
    this.name = name;
    this.rows = rows;
    this.rowsInBatch = rowsInBatch;
    this.seed = seed;
    this.ends = ends;
  }

  /**
   * @param sizes the rows of each batch; the {@code _BATCH_ID_}s are 1, 2 and so on
   */
  static GeneratedDataSet ofBatches(String id, String name, int[] sizes, long seed) {
    long[] ends = new long[sizes.length];
    long rows = 0;
    for (int i = 0; i < sizes.length; i++) {
      rows += sizes[i];
      ends[i] = rows;
    }
    return new GeneratedDataSet(id, name, rows, 0, seed, ends);
  }

  @Override
  public DataSet appended(int more) {
    if (ends == null) {
      throw new IllegalArgumentException(
          id + " is made from its number of rows: append to one that was made of batches");
    }
    long[] grown = Arrays.copyOf(ends, ends.length + 1);
    grown[ends.length] = rows + more;
    return new GeneratedDataSet(id, name, rows + more, 0, seed, grown);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "Generated while it is read: no real orders, no real customers";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public Iterator<String[]> iterator() {
    return new Iterator<>() {
      private long next;

      @Override
      public boolean hasNext() {
        return next < rows;
      }

      @Override
      public String[] next() {
        return row(next++);
      }
    };
  }

  private String[] row(long row) {
    long bits = bits(row);
    int cents = cents(bits);
    String decimals = String.valueOf(100 + cents % 100).substring(1);
    return new String[] {
      String.valueOf(row + 1),
      DATES[day(row)],
      CUSTOMERS[buyer(bits) % CUSTOMERS.length],
      REGIONS[buyer(bits) / CUSTOMERS.length],
      QUANTITIES[quantity(bits)],
      cents / 100 + "." + decimals,
      NOTES[note(bits)],
      String.valueOf(batch(row)),
      lastRun(batch(row))
    };
  }

  @Override
  public void writeCsv(OutputStream out, CsvShape shape, long limit) throws IOException {
    byte[][] dates = encode(DATES, shape, ",");
    byte[][] buyers = pairs(CUSTOMERS, REGIONS, shape);
    byte[][] quantities = encode(QUANTITIES, shape, ",");
    long last = Math.min(rows, limit);
    CsvBlock block = new CsvBlock(BLOCK, shape.quotes() == CsvShape.Quotes.ALL);
    long batch = -1;
    byte[][] ends = {};
    for (long row = 0; row < last; row++) {
      if (block.length() > BLOCK - ROOM_FOR_A_ROW) {
        block.flush(out);
      }
      if (batch(row) != batch) {
        batch = batch(row);
        ends =
            encode(
                NOTES,
                shape,
                ","
                    + shape.field(String.valueOf(batch))
                    + ","
                    + shape.field(lastRun(batch))
                    + "\n");
      }
      long bits = bits(row);
      block.number(row + 1);
      block.field(dates[day(row)]);
      block.field(buyers[buyer(bits)]);
      block.field(quantities[quantity(bits)]);
      block.cents(cents(bits));
      block.field(ends[note(bits)]);
    }
    block.flush(out);
  }

  /** The fields with what follows them up to the next that differs from row to row. */
  private static byte[][] encode(String[] values, CsvShape shape, String after) {
    byte[][] encoded = new byte[values.length][];
    for (int i = 0; i < values.length; i++) {
      encoded[i] = (shape.text(values[i]) + after).getBytes(StandardCharsets.UTF_8);
    }
    return encoded;
  }

  private static byte[][] pairs(String[] firsts, String[] seconds, CsvShape shape) {
    byte[][] encoded = new byte[firsts.length * seconds.length][];
    for (int i = 0; i < encoded.length; i++) {
      String first = shape.text(firsts[i % firsts.length]);
      String second = shape.text(seconds[i / firsts.length]);
      encoded[i] = (first + ',' + second + ',').getBytes(StandardCharsets.UTF_8);
    }
    return encoded;
  }

  /** SplitMix64: well mixed bits for each row, without a state between rows. */
  private long bits(long row) {
    long z = seed + row * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private long batch(long row) {
    if (ends == null) {
      return row / rowsInBatch + 1;
    }
    // The first batch whose end lies behind the row; empty batches share an end.
    int batch = Arrays.binarySearch(ends, row + 1);
    batch = batch < 0 ? -batch - 1 : batch;
    while (batch > 0 && ends[batch - 1] == ends[batch]) {
      batch--;
    }
    return batch + 1L;
  }

  private static int day(long row) {
    return (int) ((row >>> 10) % DAYS);
  }

  private static int buyer(long bits) {
    return (int) (bits & 63);
  }

  private static int note(long bits) {
    return (int) (bits >>> 6 & 15);
  }

  private static int quantity(long bits) {
    return (int) (bits >>> 10 & 255);
  }

  private static String lastRun(long batch) {
    return DATES[(int) (batch % DAYS)] + "T06:00:00";
  }

  private static int cents(long bits) {
    return (int) (bits >>> 18 & 0xFFFFFF);
  }
}
