package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.junit.jupiter.api.Test;

/** Camel has renamed headers before: what the Kamelet spells out is what Camel's classes say. */
class HeaderNamesTest {

  @Test
  void theKameletsHeadersAreCamels() throws IOException {
    String kamelet = Files.readString(Path.of("routes/kamelets/domo-s3-writeback.kamelet.yaml"));
    String aws = "CamelAwsS3*";

    assertThat(
            Pattern.compile("(?:name|pattern): (Camel\\S+|\"Camel\\S+\")")
                .matcher(kamelet)
                .results()
                .map((MatchResult name) -> name.group(1).replace("\"", ""))
                .distinct())
        .containsExactlyInAnyOrder(
            Exchange.FILE_NAME,
            AWS2S3Constants.OVERRIDE_BUCKET_NAME,
            AWS2S3Constants.KEY,
            AWS2S3Constants.CONTENT_TYPE,
            AWS2S3Constants.METADATA,
            AWS2S3Constants.CONTENT_ENCODING,
            aws);
    assertThat(AWS2S3Constants.KEY).startsWith(aws.replace("*", ""));
  }
}
