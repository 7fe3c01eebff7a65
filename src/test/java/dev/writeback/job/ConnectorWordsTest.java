package dev.writeback.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody who writes a field of Domo's connector as a parameter is told where it is here. */
class ConnectorWordsTest {

  static Stream<Spec.Case> fields() {
    return Spec.cases("connector-fields");
  }

  @ParameterizedTest
  @MethodSource("fields")
  void answersEveryFieldOfDomo(Spec.Case field) throws Exception {
    String answer = field.text("answer", "did you mean '" + field.text("option") + "'?");
    String label = field.text("field");
    if (!answer.equals("none") && !label.equals(field.text("option"))) {
      assertThat(told(label)).contains(label + " - ").contains(answer);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "overwrite existing, did you mean 'overwrite'?",
    "Dataset Id, did you mean 'inputDataset'?",
    "folder, did you mean 'path'?",
    "separator, did you mean 'delimiter'?",
    "updateMode, no parameter of a job - update options concern the writeback's own DataSet",
    "update_method, there is none here",
    "cron, it is the trigger's",
    "role-arn, it is the role's - state roleArn",
  })
  void knowsOtherWordsForThem(String word, String answer) throws Exception {
    assertThat(told(word)).contains(answer);
  }

  /** The list names nothing that the Kamelet does not have, or a job could not say. */
  @Test
  void meansParametersThatThereAre() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      assertThat(schema(context).options().keySet())
          .as("the words' parameters")
          .containsAll(ConnectorWords.parameters());
    }
  }

  private static String told(String parameter) throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      return new ParameterCheck(context, schema(context))
          .of(Map.of(parameter, "x")).stream()
              .map(Problem::toString)
              .filter(problem -> problem.startsWith(parameter + " - "))
              .findFirst()
              .orElseThrow();
    }
  }

  private static KameletSchema schema(DefaultCamelContext context) {
    return KameletSchema.find(context, "domo-s3-writeback", "file:routes/kamelets").orElseThrow();
  }
}
