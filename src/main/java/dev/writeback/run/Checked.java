package dev.writeback.run;

import java.util.List;

/** A bean that an operator configures and that knows what is wrong with it. */
public interface Checked {

  /**
   * Everything that is wrong with the bean's options, without contacting anything: {@code option -
   * what is wrong - 'value' - what would be right}, secrets masked; empty where all is well.
   */
  List<String> problems();
}
