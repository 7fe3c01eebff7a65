package dev.writeback.job;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;

/**
 * The way into a route for whoever does not come by its endpoint: an exchange that has entered is
 * in flight, so that nobody changes the route under it. Thread-safe.
 */
public final class RouteGate {

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private final CamelContext context;

  private RouteGate(CamelContext context) {
    this.context = context;
  }

  /** The one of a context. */
  public static synchronized RouteGate of(CamelContext context) {
    ExtendedCamelContext extension = context.getCamelContextExtension();
    RouteGate gate = extension.getContextPlugin(RouteGate.class);
    if (gate == null) {
      gate = new RouteGate(context);
      extension.addContextPlugin(RouteGate.class, gate);
    }
    return gate;
  }

  /**
   * Lets an exchange in; {@link #leave} is to follow. Waits as long as a route is being changed.
   *
   * @return the route as it is now; null, and nothing to leave, where there is none that runs
   */
  public Route enter(String id, Exchange exchange) {
    lock.readLock().lock();
    try {
      if (!isStarted(id)) {
        return null;
      }
      context.getInflightRepository().add(exchange, id);
      return context.getRoute(id);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Whether there is a route that runs; one that is being changed is waited for. */
  public boolean isStarted(String id) {
    return whileUnchanged(
        () -> {
          ServiceStatus status = context.getRouteController().getRouteStatus(id);
          return status != null && status.isStarted();
        });
  }

  /**
   * What somebody sees of the routes while none of them is being changed.
   *
   * @param look takes no time: changes wait for it, and who enters waits for them
   */
  public <T> T whileUnchanged(Supplier<T> look) {
    lock.readLock().lock();
    try {
      return look.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The exchange is done with the route. */
  public void leave(String id, Exchange exchange) {
    context.getInflightRepository().remove(exchange, id);
  }

  /** While nobody enters. */
  boolean whileClosed(Change change) throws Exception {
    lock.writeLock().lock();
    try {
      return change.apply();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** A change of routes. */
  @FunctionalInterface
  interface Change {

    /**
     * @return whether it was made
     */
    boolean apply() throws Exception;
  }
}
