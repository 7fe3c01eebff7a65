package dev.writeback.s3;

/**
 * Where a Domo instance runs, and the AWS account by which Domo's own connector assumes roles there
 * (Domo's knowledge base, "Amazon S3 AssumeRole Writeback Connector").
 */
public enum DomoEnvironment {
  US("339405024189"),
  AU("010251424122"),
  EMEA("687132894031"),
  JP("622384692065"),
  CA("710710207408");

  private final String account;

  DomoEnvironment(String account) {
    this.account = account;
  }

  /** Domo's account as a trust policy names it. */
  String principal() {
    return "arn:aws:iam::" + account + ":root";
  }
}
