package dev.writeback.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartPlanTest {

  @ParameterizedTest
  @CsvSource({
    // partSize MiB, memory MiB, largest object GiB
    "8, 8, 78",
    "8, 32, 182",
    "8, 64, 292",
    "8, 256, 820",
    "16, 64, 364",
    "5, 15, 73"
  })
  void theLargestObjectIsTheSumOfAllParts(long partSize, long memory, long gib) {
    PartPlan plan = new PartPlan(partSize * ByteSize.MIB, memory * ByteSize.MIB);

    long sum = IntStream.rangeClosed(1, PartPlan.MOST_PARTS).mapToLong(plan::sizeOf).sum();

    assertThat(plan.largestObject()).isEqualTo(sum);
    assertThat(sum / (1024 * ByteSize.MIB)).isEqualTo(gib);
  }

  @Test
  void partsGrowButNeverBeyondTheMemory() {
    PartPlan plan = new PartPlan(8 * ByteSize.MIB, 40 * ByteSize.MIB);

    assertThat(plan.sizeOf(1)).isEqualTo(8 * ByteSize.MIB);
    assertThat(plan.sizeOf(PartPlan.MOST_PARTS)).isEqualTo(32 * ByteSize.MIB);
    assertThat(IntStream.range(1, PartPlan.MOST_PARTS))
        .allMatch(number -> plan.sizeOf(number) <= plan.sizeOf(number + 1));
  }

  @Test
  void noPartIsAboveTheLimitOfS3() {
    PartPlan plan = new PartPlan(1024 * ByteSize.MIB, 64L * 1024 * ByteSize.MIB);

    assertThat(plan.sizeOf(PartPlan.MOST_PARTS)).isLessThanOrEqualTo(PartPlan.LARGEST_PART);
  }
}
