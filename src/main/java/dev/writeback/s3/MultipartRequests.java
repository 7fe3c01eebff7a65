package dev.writeback.s3;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * The requests of a multipart upload that does what one PutObject was to do. Each carries all that
 * S3 accepts there, by S3's own model of its operations; what the request says that no multipart
 * upload can do is refused.
 */
final class MultipartRequests {

  /** These speak of the whole object in a PutObject, and of something else in the others. */
  private static final Set<String> OF_THE_WHOLE =
      Set.of(
          "ContentLength",
          "ContentMD5",
          "ChecksumCRC32",
          "ChecksumCRC32C",
          "ChecksumCRC64NVME",
          "ChecksumSHA1",
          "ChecksumSHA256");

  private final PutObjectRequest object;

  MultipartRequests(PutObjectRequest object) {
    this.object = object;
    Set<String> carried = names(CreateMultipartUploadRequest.builder().sdkFields());
    carried.addAll(names(CompleteMultipartUploadRequest.builder().sdkFields()));
    carried.removeAll(OF_THE_WHOLE);
    carried.add("ContentLength");
    List<String> lost =
        object.sdkFields().stream()
            .filter(field -> isSet(field) && !carried.contains(field.memberName()))
            .map(SdkField::memberName)
            .toList();
    if (!lost.isEmpty()) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "Cannot write "
              + S3Uri.of(object)
              + " in parts: a multipart upload carries no "
              + String.join(", ", lost)
              + ". Leave it out");
    }
  }

  CreateMultipartUploadRequest create() {
    return with(CreateMultipartUploadRequest.builder())
        .overrideConfiguration(object.overrideConfiguration().orElse(null))
        .build();
  }

  UploadPartRequest part(String uploadId, Part part, LeadingChecksum checksum) {
    return checksum
        .tell(with(UploadPartRequest.builder()), part::forEachChunk)
        .uploadId(uploadId)
        .partNumber(part.number())
        .contentLength(part.length())
        .overrideConfiguration(object.overrideConfiguration().orElse(null))
        .build();
  }

  /** What completion must say about a part that S3 has taken. */
  static CompletedPart completed(int number, UploadPartResponse response) {
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(response.eTag())
        .checksumCRC32(response.checksumCRC32())
        .checksumCRC32C(response.checksumCRC32C())
        .checksumCRC64NVME(response.checksumCRC64NVME())
        .checksumSHA1(response.checksumSHA1())
        .checksumSHA256(response.checksumSHA256())
        .build();
  }

  CompleteMultipartUploadRequest complete(String uploadId, Collection<CompletedPart> parts) {
    return with(CompleteMultipartUploadRequest.builder())
        .uploadId(uploadId)
        .multipartUpload(upload -> upload.parts(parts))
        .overrideConfiguration(object.overrideConfiguration().orElse(null))
        .build();
  }

  AbortMultipartUploadRequest abort(String uploadId) {
    return with(AbortMultipartUploadRequest.builder())
        .uploadId(uploadId)
        .overrideConfiguration(object.overrideConfiguration().orElse(null))
        .build();
  }

  private <B extends SdkPojo> B with(B builder) {
    Set<String> accepted = names(builder.sdkFields());
    for (SdkField<?> field : object.sdkFields()) {
      if (accepted.contains(field.memberName()) && !OF_THE_WHOLE.contains(field.memberName())) {
        set(builder, field);
      }
    }
    return builder;
  }

  private void set(SdkPojo builder, SdkField<?> from) {
    if (isSet(from)) {
      builder.sdkFields().stream()
          .filter(field -> field.memberName().equals(from.memberName()))
          .forEach(field -> field.set(builder, from.getValueOrDefault(object)));
    }
  }

  private boolean isSet(SdkField<?> field) {
    Object value = field.getValueOrDefault(object);
    return value != null && !(value instanceof SdkAutoConstructMap);
  }

  private static Set<String> names(List<SdkField<?>> fields) {
    return fields.stream().map(SdkField::memberName).collect(Collectors.toSet());
  }
}
