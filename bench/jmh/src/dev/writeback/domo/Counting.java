package dev.writeback.domo;

import dev.writeback.bench.Csv;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The counting of records, on 8 MB of CSV in the pieces that a connection gives. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class Counting {

  private static final int PIECE = 64 * 1024;

  private final byte[] csv = Csv.bytes();

  @Benchmark
  public long count() {
    RecordCounter counter = new RecordCounter();
    for (int from = 0; from < csv.length; from += PIECE) {
      counter.accept(csv, from, Math.min(PIECE, csv.length - from));
    }
    counter.end();
    return counter.records();
  }
}
