package dev.writeback.pipe;

import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;

/** A data format made of one lambda. */
final class MarshalOnly extends ServiceSupport implements DataFormat {

  /** What {@link DataFormat#marshal} does. */
  interface Marshal {
    void marshal(Exchange exchange, Object body, OutputStream out) throws Exception;
  }

  private final Marshal marshal;

  MarshalOnly(Marshal marshal) {
    this.marshal = marshal;
  }

  /** Copies a stream and closes its output whatever happens, as Camel's data formats do. */
  static MarshalOnly copy() {
    return new MarshalOnly(
        (exchange, body, out) -> {
          try (out) {
            ((InputStream) body).transferTo(out);
          }
        });
  }

  @Override
  public void marshal(Exchange exchange, Object body, OutputStream out) throws Exception {
    marshal.marshal(exchange, body, out);
  }

  @Override
  public Object unmarshal(Exchange exchange, InputStream in) {
    throw new UnsupportedOperationException();
  }
}
