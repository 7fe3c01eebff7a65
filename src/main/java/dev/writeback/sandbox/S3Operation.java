package dev.writeback.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The operations of S3 that the sandbox tells apart, under AWS's names in capitals. */
public enum S3Operation {
  PUT_OBJECT("s3:PutObject"),
  CREATE_MULTIPART_UPLOAD("s3:PutObject"),
  UPLOAD_PART("s3:PutObject"),
  COMPLETE_MULTIPART_UPLOAD("s3:PutObject"),
  ABORT_MULTIPART_UPLOAD("s3:AbortMultipartUpload"),
  LIST_PARTS("s3:ListMultipartUploadParts"),
  LIST_MULTIPART_UPLOADS("s3:ListBucketMultipartUploads"),
  COPY_OBJECT("s3:PutObject"),
  HEAD_OBJECT("s3:GetObject"),
  GET_OBJECT("s3:GetObject"),
  DELETE_OBJECT("s3:DeleteObject"),
  HEAD_BUCKET("s3:ListBucket"),
  LIST_OBJECTS("s3:ListBucket"),
  GET_BUCKET_LOCATION("s3:GetBucketLocation"),
  /** Anything else. */
  OTHER("s3:*");

  private final String action;

  S3Operation(String action) {
    this.action = action;
  }

  /**
   * The actions that a policy must allow for it, by
   * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html.
   *
   * @param hasHeader tells whether the request has a header, by lower-case name
   */
  List<String> actions(Predicate<String> hasHeader) {
    List<String> actions = new ArrayList<>(List.of(action));
    if (makesObjects() && hasHeader.test("x-amz-tagging")) {
      actions.add("s3:PutObjectTagging");
    }
    if (makesObjects() && hasHeader.test("x-amz-acl")) {
      actions.add("s3:PutObjectAcl");
    }
    return actions;
  }

  private boolean makesObjects() {
    return this == PUT_OBJECT || this == CREATE_MULTIPART_UPLOAD || this == COPY_OBJECT;
  }

  static S3Operation ofBucket(String method, Map<String, String> query) {
    return switch (method) {
      case "HEAD" -> HEAD_BUCKET;
      case "GET" -> {
        if (query.containsKey("uploads")) {
          yield LIST_MULTIPART_UPLOADS;
        }
        if (query.containsKey("location")) {
          yield GET_BUCKET_LOCATION;
        }
        yield query.isEmpty() || query.containsKey("list-type") || query.containsKey("prefix")
            ? LIST_OBJECTS
            : OTHER;
      }
      default -> OTHER;
    };
  }

  static S3Operation ofObject(String method, Map<String, String> query, boolean copies) {
    boolean ofUpload = query.containsKey("uploadId");
    return switch (method) {
      case "PUT" -> {
        if (ofUpload) {
          yield UPLOAD_PART;
        }
        if (copies) {
          yield COPY_OBJECT;
        }
        yield query.isEmpty() || query.containsKey("x-id") ? PUT_OBJECT : OTHER;
      }
      case "POST" -> {
        if (query.containsKey("uploads")) {
          yield CREATE_MULTIPART_UPLOAD;
        }
        yield ofUpload ? COMPLETE_MULTIPART_UPLOAD : OTHER;
      }
      case "DELETE" -> ofUpload ? ABORT_MULTIPART_UPLOAD : DELETE_OBJECT;
      case "GET" -> ofUpload ? LIST_PARTS : GET_OBJECT;
      case "HEAD" -> HEAD_OBJECT;
      default -> OTHER;
    };
  }
}
