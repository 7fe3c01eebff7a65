package dev.writeback.job;

import java.util.Optional;
import org.apache.camel.CamelContext;

/** A bean by what a parameter says, whatever that is. */
final class BeanByName {

  private BeanByName() {}

  /** Empty where there is none, and for a placeholder that nothing defines: that is told itself. */
  static <T> Optional<T> find(CamelContext context, String name, Class<T> type) {
    return name == null || Placeholders.problem(context, name).isPresent()
        ? Optional.empty()
        : Optional.ofNullable(context.getRegistry().lookupByNameAndType(name, type));
  }
}
