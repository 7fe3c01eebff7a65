package dev.writeback.s3;

/**
 * How large the parts of an upload are, given the memory that it holds. S3 takes at most 10,000
 * parts, and all but the last must have 5 MiB (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">multipart upload
 * limits</a>). An object of unknown length therefore begins with small parts, many at a time, and
 * goes over to larger ones, fewer at a time: the part size is doubled as often as the memory
 * allows, and the 10,000 parts are shared equally among the sizes.
 *
 * <p>With 8 MiB parts: 32 MiB of memory carry 182 GiB, 64 MiB 293 GiB, 256 MiB 821 GiB.
 *
 * @param partSize the first size, in bytes
 * @param memory what the upload holds, in bytes; at least one part
 */
record PartPlan(long partSize, long memory) {

  static final int MOST_PARTS = 10_000;
  static final long SMALLEST_PART = 5 * ByteSize.MIB;
  static final long LARGEST_PART = 5 * 1024 * ByteSize.MIB;

  /** The size of a part, counted from 1. */
  long sizeOf(int number) {
    return partSize << Math.min(doublings(), (number - 1) / partsOfASize());
  }

  /** The largest object that fits into 10,000 parts, in bytes. */
  long largestObject() {
    int last = MOST_PARTS - doublings() * partsOfASize();
    return partSize * ((1L << doublings()) - 1) * partsOfASize() + (partSize << doublings()) * last;
  }

  private int doublings() {
    return 63 - Long.numberOfLeadingZeros(Math.min(memory, LARGEST_PART) / partSize);
  }

  private int partsOfASize() {
    return MOST_PARTS / (doublings() + 1);
  }
}
