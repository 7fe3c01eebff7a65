package dev.writeback.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** The room's beans as an accounts file and a Kamelet declare them. */
class BeansTest {

  @Test
  void yamlDeclaresRoleBudgetAndClient() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.start();
      load(context, "8MiB");

      AssumedRole role = context.getRegistry().lookupByNameAndType("landing", AssumedRole.class);
      assertThat(role.problems()).isEmpty();
      assertThat(role.getSessionDuration()).isEqualTo(Duration.ofMinutes(20));
      assertThat(role.getChecksums()).isEqualTo(ChecksumMode.WHEN_REQUIRED);
      assertThat(role.isSessionPolicy()).isFalse();
      StreamingS3Client client =
          context.getRegistry().lookupByNameAndType("client", StreamingS3Client.class);
      assertThat(client.headBucket(head -> head.bucket("acme-landing")).bucketRegion())
          .isEqualTo("us-west-2");
      StreamingUploads uploads =
          context.getRegistry().lookupByNameAndType("uploads", StreamingUploads.class);
      assertThat(uploads.getRole()).isSameAs(role);
      assertThat(uploads.getBucket()).isEqualTo("acme-landing");
      assertThat(uploads.getCamelContext()).isSameAs(context);
      assertThat(BufferBudget.of(context).size()).isEqualTo(64 * ByteSize.MIB);
    }
  }

  @Test
  void aPartSizeBelowThatOfS3IsRefusedInWords() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.start();

      assertThatThrownBy(() -> load(context, "1MiB"))
          .hasStackTraceContaining("partSize is out of range: '1MiB'. Right is 5MiB to 5GiB");
    }
  }

  private static void load(DefaultCamelContext context, String partSize) throws Exception {
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(
            ResourceHelper.fromString(
                "accounts.camel.yaml",
                """
                - beans:
                    - name: landing
                      type: dev.writeback.s3.AssumedRole
                      destroyMethod: close
                      properties:
                        roleArn: arn:aws:iam::123456789012:role/landing
                        externalId: acme
                        roleSessionName: domo-writeback
                        region: us-west-2
                        bucket: acme-landing
                        sessionDuration: 20m
                        checksums: whenRequired
                        sessionPolicy: false
                    - name: bufferBudget
                      type: dev.writeback.s3.BufferBudget
                      properties:
                        size: 64MiB
                    - name: uploads
                      type: "#class:dev.writeback.s3.StreamingUploads"
                      destroyMethod: close
                      properties:
                        role: "#bean:landing"
                        partSize: %s
                        parallelParts: 2
                        overwrite: false
                    - name: client
                      type: "#class:dev.writeback.s3.StreamingS3Client"
                      constructors:
                        "0": "#bean:uploads"
                """
                    .formatted(partSize)));
  }
}
