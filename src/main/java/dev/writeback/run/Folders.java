package dev.writeback.run;

import java.util.ArrayList;
import java.util.List;

/**
 * The folders of an object, as a job states them: with or without a slash at the end, empty for the
 * bucket's root. Macros become text within; what stands before the first of them never changes.
 */
record Folders(String path) {

  private static final String BUCKET_URI = "s3://";

  /** What cannot work whatever the run: {@code path - what is wrong - 'path' - what is right}. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    List<String> macros = MacroCheck.problems(path);
    if (path.startsWith(BUCKET_URI)) {
      problems.add(
          "path - names a bucket - '"
              + path
              + "' - the folders alone, without s3:// and the bucket, which is the role's or stands in"
              + " the option bucket");
      return problems;
    }
    if (path.startsWith("/")) {
      problems.add("path - begins with a slash - '" + path + "' - leave the slash out");
    }
    String relative = path.startsWith("/") ? path.substring(1) : path;
    problemsOf(macros.isEmpty() ? MacroCheck.SAMPLE.expand(relative) : relative, problems);
    macros.forEach(problem -> problems.add("path - " + problem));
    return problems;
  }

  private void problemsOf(String expanded, List<String> problems) {
    for (String folder : split(expanded)) {
      if (folder.isEmpty() || folder.equals(".") || folder.equals("..")) {
        problems.add(
            "path - a folder cannot be called '" + folder + "' - '" + path + "' - name it in full");
        break;
      }
    }
    if (!split(expanded).stream().allMatch(SafeName::isSafe)) {
      problems.add("path - has a control character or '${' in it - '" + path + "' - leave it out");
    }
  }

  /**
   * What the key begins with: empty, or with a slash at its end.
   *
   * @throws RunException {@link Outcome#CONFIGURATION} where a macro makes a folder that none may
   *     be
   */
  String prefix(Macros macros) {
    String expanded = macros.expand(path);
    List<String> problems = new ArrayList<>();
    problemsOf(expanded, problems);
    if (!problems.isEmpty()) {
      throw new RunException(Outcome.CONFIGURATION, false, String.join("; ", problems));
    }
    return expanded.isEmpty() || expanded.endsWith("/") ? expanded : expanded + "/";
  }

  private static List<String> split(String path) {
    if (path.isEmpty()) {
      return List.of();
    }
    String open = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return List.of(open.split("/", -1));
  }
}
