package dev.writeback.job;

/**
 * One mistake of an operator, and where it stands.
 *
 * @param route the id of the route that it is in; empty where it is in none
 * @param problem what is wrong, and what would be right
 */
public record Mistake(Place place, String route, Problem problem) {

  /** One that stands nobody knows where. */
  public Mistake(String route, Problem problem) {
    this(Place.UNKNOWN, route, problem);
  }

  /**
   * {@code file:line:column: option - what is wrong - ...}; the route where the file is not known.
   */
  @Override
  public String toString() {
    boolean nameRoute = place.line() < 1 && !route.isEmpty();
    return place + (nameRoute ? "job " + route + ": " : "") + problem;
  }
}
