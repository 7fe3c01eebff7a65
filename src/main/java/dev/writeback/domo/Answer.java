package dev.writeback.domo;

/**
 * What Domo answered to a question that a run can do without.
 *
 * @param value null where there is no answer
 * @param whyNone why not, in words for an operator; null where there is one
 */
record Answer<T>(T value, String whyNone) {

  static <T> Answer<T> of(T value) {
    return new Answer<>(value, null);
  }

  static <T> Answer<T> none(String why) {
    return new Answer<>(null, why);
  }

  /** This one, or the other where this is none. */
  Answer<T> or(Answer<T> other) {
    return value == null && other.value != null ? other : this;
  }
}
