package dev.writeback.run;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/** A bean that jobs name, and that knows what is wrong with what one of them asks of it. */
public interface CheckedUse {

  /**
   * Everything that this bean cannot do of what a job asks, without contacting anything: {@code
   * parameter - what is wrong - 'value' - what would be right}, secrets masked; empty where all is
   * well.
   *
   * @param context where other beans that the job names are found
   * @param parameters of the job's Kamelet, as the file has them, placeholders resolved
   */
  List<String> problems(CamelContext context, Map<String, String> parameters);
}
