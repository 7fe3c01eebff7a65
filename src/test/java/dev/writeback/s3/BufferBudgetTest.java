package dev.writeback.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class BufferBudgetTest {

  private static final long MIB = ByteSize.MIB;

  private final BufferBudget budget = new BufferBudget(10 * MIB);

  @Test
  void servesInTheOrderOfArrival() {
    BufferReservation first = budget.reserve(8 * MIB).join();
    CompletableFuture<BufferReservation> large = budget.reserve(6 * MIB);
    CompletableFuture<BufferReservation> small = budget.reserve(MIB);

    assertThat(large).isNotDone();
    assertThat(small).as("would fit, but came later").isNotDone();

    first.close();

    assertThat(large).isCompleted();
    assertThat(small).isCompleted();
  }

  @Test
  void whoGivesUpMakesRoomForTheNext() {
    BufferReservation first = budget.reserve(8 * MIB).join();
    CompletableFuture<BufferReservation> large = budget.reserve(6 * MIB);
    CompletableFuture<BufferReservation> small = budget.reserve(MIB);

    large.cancel(false);
    budget.serve();

    assertThat(small).isCompleted();
    first.close();
    small.join().close();
    assertThat(budget.reserve(10 * MIB)).isCompleted();
  }

  @Test
  void aClosedReservationGivesBackWhatIsStillInUseAsItComes() throws Exception {
    BufferReservation first = budget.reserve(10 * MIB).join();
    byte[] chunk = first.take();

    first.close();
    first.close();

    CompletableFuture<BufferReservation> next = budget.reserve(10 * MIB);
    assertThat(next).isNotDone();
    first.give(chunk);
    assertThat(next).isCompleted();
  }

  @Test
  void chunksAreUsedAgainWhileSomebodyRuns() throws Exception {
    BufferReservation first = budget.reserve(MIB).join();
    BufferReservation second = budget.reserve(MIB).join();
    byte[] chunk = first.take();
    first.give(chunk);
    first.close();

    assertThat(second.take()).isSameAs(chunk);
  }

  @Test
  void chunksAreUsedAgainByTheNextRun() throws Exception {
    BufferReservation first = budget.reserve(MIB).join();
    byte[] chunk = first.take();
    first.give(chunk);
    first.close();
    budget.reserve(MIB).join().close();

    assertThat(budget.reserve(MIB).join().take()).isSameAs(chunk);
  }

  /** Filled to its brim, a heap is searched for room all the time. */
  @Test
  void leavesASmallHeapRoomForAllElse() {
    assertThat(BufferBudget.ofHeap(128 * MIB)).isEqualTo(48 * MIB);
    assertThat(BufferBudget.ofHeap(94 * MIB)).isGreaterThanOrEqualTo(32 * MIB);
    assertThat(BufferBudget.ofHeap(62 * MIB)).isEqualTo(14 * MIB);
    assertThat(BufferBudget.ofHeap(30 * MIB)).isZero();
  }

  @Test
  void isNotOverdrawn() {
    assertThatThrownBy(() -> budget.reserve(11 * MIB)).hasMessage("wanted 11 MiB of 10 MiB");
  }

  @Test
  void thereIsOneForEachContextAndADeclaredOneComesFirst() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext();
        DefaultCamelContext other = new DefaultCamelContext()) {
      assertThat(BufferBudget.of(context)).isSameAs(BufferBudget.of(context));
      assertThat(BufferBudget.of(context)).isNotSameAs(BufferBudget.of(other));

      BufferBudget declared = new BufferBudget();
      declared.setSize("48MiB");
      other.getRegistry().bind("bufferBudget", declared);
      assertThat(BufferBudget.of(other)).isSameAs(declared);
      assertThat(declared.size()).isEqualTo(48 * MIB);
    }
  }

  @Test
  void aSizeThatIsNoneIsRefusedInWords() {
    assertThatThrownBy(() -> budget.setSize("lots"))
        .hasMessage(
            "size of the buffer budget is not a size: 'lots'. Write it like 8MiB, 512KiB or 1GiB");
  }
}
