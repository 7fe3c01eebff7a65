package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.Checked;
import java.beans.FeatureDescriptor;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.TypeConverter;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.SensitiveUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The accounts, roles and keys that operators declare say of each option what it is. */
class BeanCatalogTest {

  static Stream<BeanCatalog.Bean> beans() throws IOException {
    return BeanCatalog.read().stream();
  }

  @Test
  void knowsTheBeansThatOperatorsDeclare() throws IOException {
    assertThat(beans()).extracting(BeanCatalog.Bean::name).contains("DomoAccount", "AssumedRole");
  }

  @ParameterizedTest
  @MethodSource("beans")
  void tellsEveryOption(BeanCatalog.Bean bean) throws Exception {
    assertThat(bean.options().keySet())
        .containsExactlyInAnyOrderElementsOf(
            settable(bean).map(FeatureDescriptor::getName).toList());
    assertThat(bean.options().values())
        .allSatisfy(option -> assertThat(option.description()).matches("(?s)[A-Z].*\\."));
  }

  @ParameterizedTest
  @MethodSource("beans")
  void flagsWhatIsSecret(BeanCatalog.Bean bean) {
    assertThat(bean.options().values())
        .allSatisfy(
            option ->
                assertThat(option.secret() || !SensitiveUtils.containsSensitive(option.name()))
                    .as(option.name())
                    .isTrue());
  }

  @ParameterizedTest
  @MethodSource("beans")
  void missesWhatIsRequired(BeanCatalog.Bean bean) throws Exception {
    List<String> missing = ((Checked) fresh(bean)).problems();
    assertThat(bean.options().values())
        .filteredOn(BeanCatalog.Option::required)
        .allSatisfy(
            option ->
                assertThat(missing)
                    .anyMatch(line -> line.startsWith(option.name() + " - missing")));
  }

  @ParameterizedTest
  @MethodSource("beans")
  void tellsTheDefaultsThatItHas(BeanCatalog.Bean bean) throws Exception {
    Object fresh = fresh(bean);
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      TypeConverter converter = context.getTypeConverter();
      for (PropertyDescriptor property : settable(bean).toList()) {
        String told = bean.options().get(property.getName()).defaultValue();
        Object expected =
            told == null ? null : converter.mandatoryConvertTo(property.getPropertyType(), told);
        assertThat(property.getReadMethod().invoke(fresh))
            .as(property.getName())
            .isEqualTo(expected);
      }
    }
  }

  private static Object fresh(BeanCatalog.Bean bean) throws ReflectiveOperationException {
    return Class.forName(bean.type()).getDeclaredConstructor().newInstance();
  }

  private static Stream<PropertyDescriptor> settable(BeanCatalog.Bean bean) throws Exception {
    return Stream.of(Introspector.getBeanInfo(Class.forName(bean.type())).getPropertyDescriptors())
        .filter(property -> property.getWriteMethod() != null);
  }
}
