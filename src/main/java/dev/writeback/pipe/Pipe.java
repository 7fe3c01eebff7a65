package dev.writeback.pipe;

import java.io.InputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.UnitOfWorkHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One marshal call under way: its thread, its source, its live end. */
final class Pipe {

  private static final Logger LOG = LoggerFactory.getLogger(Pipe.class);

  private final DataFormat dataFormat;
  private final Exchange exchange;
  private final Object source;
  private final BlockQueue queue;
  private final Consumer<Pipe> onEnd;
  private final AtomicBoolean sourceClosed = new AtomicBoolean();
  private final InputStream liveEnd;
  private volatile Future<?> writing;

  /**
   * @param exchange a copy, which only this pipe's thread touches from now on
   * @param source what is marshalled; closed at the end if it can be closed
   * @param onEnd told once or more when nothing of this pipe runs or is open any longer
   */
  Pipe(
      DataFormat dataFormat,
      Exchange exchange,
      Object source,
      BlockQueue queue,
      Consumer<Pipe> onEnd) {
    this.dataFormat = dataFormat;
    this.exchange = exchange;
    this.source = source;
    this.queue = queue;
    this.onEnd = onEnd;
    this.liveEnd = new PipeInputStream(queue, this::cancel);
  }

  /** Starts to marshal on a thread of the pool. */
  void start(ExecutorService threads) {
    writing = threads.submit(this::write);
  }

  InputStream liveEnd() {
    return liveEnd;
  }

  /** Ends the pipe from outside: the reader gets the reason, the writer is cancelled. */
  void abort(String reason) {
    queue.fail(new CancellationException(reason));
    cancel();
  }

  private void write() {
    Throwable failure = null;
    try {
      PipeOutputStream out = new PipeOutputStream(queue);
      dataFormat.marshal(exchange, source, out);
      out.finish();
    } catch (Throwable thrown) {
      // Errors too: a reader that is not told of an OutOfMemoryError would wait for ever.
      failure = thrown;
    }
    try {
      closeSource();
      complete();
    } catch (Throwable thrown) {
      failure = failure == null ? thrown : failure;
    }
    onEnd.accept(this);
    if (failure == null) {
      queue.end();
    } else {
      queue.fail(WriterFailedException.firstCause(failure));
    }
  }

  private void cancel() {
    // A writer that waits for us is woken by the interrupt, one that waits for a socket by the
    // close.
    Future<?> task = writing;
    if (task != null) {
      task.cancel(true);
    }
    try {
      closeSource();
    } catch (Exception e) {
      LOG.debug("The source of a cancelled pipe failed to close", e);
    }
    onEnd.accept(this);
  }

  private void closeSource() throws Exception {
    if (source instanceof AutoCloseable closeable && sourceClosed.compareAndSet(false, true)) {
      closeable.close();
    }
  }

  /**
   * Runs what the data format has left to be done at the end of its exchange, as temporary files.
   */
  private void complete() {
    UnitOfWorkHelper.doneSynchronizations(
        exchange, exchange.getExchangeExtension().handoverCompletions());
  }
}
