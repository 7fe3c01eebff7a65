package dev.writeback.domo;

import java.io.Closeable;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;

/** Closes what reads from the wire when the exchange is over, whatever became of it. */
final class CloseOnCompletion extends SynchronizationAdapter {

  private final Closeable body;

  private CloseOnCompletion(Closeable body) {
    this.body = body;
  }

  static void of(Exchange exchange, Closeable body) {
    exchange.getExchangeExtension().addOnCompletion(new CloseOnCompletion(body));
  }

  @Override
  public void onDone(Exchange exchange) {
    IOHelper.close(body);
  }
}
