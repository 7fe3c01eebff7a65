package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What the Domo has decided to answer, before it goes out. */
interface DomoAnswer {

  void send(HttpExchange exchange) throws IOException;

  static DomoAnswer json(Object value) {
    return exchange -> Reply.json(exchange, 200, value);
  }
}
