package dev.writeback.job;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The mistakes of a route, each told with its line in the file, in the order of the lines. */
final class FileProblems {

  private final JobFile file;
  private final String who;
  private final SortedMap<Integer, List<Problem>> byLine = new TreeMap<>();

  /**
   * @param who what is told before each mistake, such as {@code job sales: }
   */
  FileProblems(JobFile file, String who) {
    this.file = file;
    this.who = who;
  }

  /**
   * @param first where the looking for an option begins
   * @param otherwise the line of what stands nowhere
   */
  void add(int first, int otherwise, List<Problem> problems) {
    for (Problem problem : problems) {
      byLine
          .computeIfAbsent(
              file.line(first, problem.option(), otherwise), empty -> new ArrayList<>())
          .add(problem);
    }
  }

  boolean isEmpty() {
    return byLine.isEmpty();
  }

  List<String> told() {
    List<String> told = new ArrayList<>();
    byLine.forEach(
        (line, problems) ->
            problems.forEach(problem -> told.add(file.place(line) + who + problem)));
    return told;
  }
}
