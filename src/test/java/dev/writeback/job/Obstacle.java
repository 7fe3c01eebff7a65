package dev.writeback.job;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;

/** Keeps routes from being started, or taken out, as often as a test says. */
public final class Obstacle extends LifecycleStrategySupport {

  private record Failure(Supplier<Throwable> what, int times) {}

  private final Map<String, Failure> starts = new ConcurrentHashMap<>();
  private final Map<String, Failure> ends = new ConcurrentHashMap<>();

  public void failStart(String route, int times, Supplier<Throwable> what) {
    starts.put(route, new Failure(what, times));
  }

  public void failEnd(String route, int times, Supplier<Throwable> what) {
    ends.put(route, new Failure(what, times));
  }

  public void clear() {
    starts.clear();
    ends.clear();
  }

  @Override
  public void onRoutesAdd(Collection<Route> routes) {
    routes.forEach(route -> fail(starts, route.getRouteId()));
  }

  @Override
  public void onRoutesRemove(Collection<Route> routes) {
    routes.forEach(route -> fail(ends, route.getRouteId()));
  }

  private static void fail(Map<String, Failure> failures, String route) {
    Failure failure = failures.get(route);
    if (failure != null && failure.times() > 0) {
      failures.put(route, new Failure(failure.what(), failure.times() - 1));
      Obstacle.<RuntimeException>sneak(failure.what().get());
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }
}
