package dev.writeback.ledger;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** A pool of one connection, which is not closed when it is given back. */
final class OneConnection {

  private OneConnection() {}

  static DataSource of(Connection connection) {
    Connection kept =
        proxy(
            Connection.class,
            (proxy, method, values) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, values);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return proxy(DataSource.class, (proxy, method, values) -> kept);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
