package dev.writeback.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;

/** A bean that jobs name, and that knows what is wrong with what one of them asks of it. */
public interface CheckedUse {

  /**
   * The parameters that it looks at, those together that are judged together: nothing is asked of a
   * group while something else is wrong with one of it.
   */
  List<Set<String>> groups();

  /**
   * Everything that this bean cannot do of what a job asks, without contacting anything: {@code
   * parameter - what is wrong - 'value' - what would be right}, secrets masked; empty where all is
   * well.
   *
   * @param context where other beans that the job names are found
   * @param parameters those of one group, as the file has them, placeholders resolved
   */
  List<String> problems(CamelContext context, Map<String, String> parameters);
}
