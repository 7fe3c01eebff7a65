package dev.writeback.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** Accounts and roles that cannot work are told at the start, all at once, by their names. */
class CheckedBeansTest {

  private static final String FILE =
      """
      - beans:
          - name: acme
            type: dev.writeback.domo.DomoAccount
            properties:
              domoClientId: an-id
              domoClientSecret: "top-secret "
          - name: landing
            type: dev.writeback.s3.AssumedRole
            properties:
              roleArn: landing
              externalId: acme
              roleSessionName: domo-writeback
              region: us-west-2
              bucket: acme-landing
      - route:
          id: sales
          errorHandler:
            noErrorHandler: {}
          from:
            uri: direct:sales
            steps:
              - to:
                  uri: kamelet:domo-s3-writeback
                  parameters:
                    account: acme
                    role: landing
                    inputDataset: 845305d8-da3d-4107-a9d6-13ef3f86d4a4
                    fileName: sales
      """;

  @Test
  void areToldBeforeTheFirstRun() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(ResourceHelper.fromString("sales.camel.yaml", FILE));

      assertThatThrownBy(context::start)
          .rootCause()
          .hasMessageContaining("bean acme: domoClientSecret - begins or ends with white space")
          .hasMessageContaining("bean landing: roleArn - wrong shape - 'landing' - the role's ARN")
          .hasMessageNotContaining("top-secret");
    }
  }
}
