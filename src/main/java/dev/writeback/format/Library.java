package dev.writeback.format;

/** An artifact that is optional: only those jobs need it that ask for what it does. */
final class Library {

  private Library() {}

  /**
   * Says at start that an artifact is missing, or does not run on this machine.
   *
   * @param what is asked for
   * @param artifact group and name
   * @param use touches a class of the artifact
   * @throws IllegalArgumentException where that fails
   */
  static void require(String what, String artifact, Runnable use) {
    try {
      use.run();
    } catch (LinkageError e) {
      throw new IllegalArgumentException(
          "the library for it does not load - '"
              + what
              + "' - add "
              + artifact
              + " to the class path, where it is missing (found: "
              + e
              + ")",
          e);
    }
  }
}
