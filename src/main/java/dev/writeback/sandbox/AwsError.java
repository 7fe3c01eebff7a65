package dev.writeback.sandbox;

import java.util.Map;

/**
 * An error in AWS's words. The codes, statuses and messages of S3 are those of
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; those common to all query
 * services, STS among them, of
 * https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html.
 */
final class AwsError extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  AwsError(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /**
   * The shape shown in https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; who is
   * sent elsewhere is told where.
   */
  S3Answer answer(String resource, String requestId) {
    Map<String, String> headers =
        status == 301 ? Map.of("x-amz-bucket-region", Sandbox.REGION) : Map.of();
    return S3Answer.xml(status, headers, s3Xml(resource, requestId));
  }

  private String s3Xml(String resource, String requestId) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
        + code
        + "</Code><Message>"
        + escape(getMessage())
        + "</Message><Resource>"
        + escape(resource)
        + "</Resource><RequestId>"
        + requestId
        + "</RequestId></Error>";
  }

  /**
   * The query protocol's shape, as in https://docs.aws.amazon.com/IAM/latest/APIReference/ and
   * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html.
   */
  String stsXml(String requestId) {
    return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>"
        + (status < 500 ? "Sender" : "Receiver")
        + "</Type><Code>"
        + code
        + "</Code><Message>"
        + escape(getMessage())
        + "</Message></Error><RequestId>"
        + requestId
        + "</RequestId></ErrorResponse>";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
