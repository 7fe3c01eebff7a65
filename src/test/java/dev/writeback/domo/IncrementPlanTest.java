package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.Watermark;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IncrementPlanTest {

  private static final Watermark RANGE = new Watermark(2L, 9);

  private static List<Watermark> pages(Map<Long, Long> counts) {
    return IncrementPlan.pages(RANGE, new TreeMap<>(counts), 100);
  }

  @Test
  void takesAsManyBatchesAsFit() {
    assertThat(pages(Map.of(3L, 60L, 5L, 40L, 6L, 1L, 8L, 99L, 9L, 1L)))
        .containsExactly(new Watermark(2L, 5), new Watermark(5L, 8), new Watermark(8L, 9));
  }

  @Test
  void leavesNoGapWhereBatchesHaveNoRows() {
    assertThat(pages(Map.of(4L, 70L, 7L, 70L)))
        .containsExactly(new Watermark(2L, 4), new Watermark(4L, 9));
  }

  @Test
  void givesABatchAboveThePageAPageOfItsOwn() {
    assertThat(pages(Map.of(3L, 10L, 4L, 999_999L, 5L, 10L)))
        .containsExactly(new Watermark(2L, 3), new Watermark(3L, 4), new Watermark(4L, 9));
  }

  @Test
  void givesUpWhereABatchIsMoreThanAQueryAnswers() {
    assertThat(pages(Map.of(3L, 10L, 4L, 1_000_000L, 5L, 10L))).isEmpty();
  }

  @Test
  void hasNoPageForNoRows() {
    assertThat(pages(Map.of())).isEmpty();
  }
}
