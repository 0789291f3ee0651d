package io.github.reelbeam.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntryOrderTest {
  @Test
  void isByTimeAndAtEqualTimesByName() {
    JournalEntry oldest = Entries.requested("z", Entries.BEGUN.minusNanos(1));
    JournalEntry first = Entries.requested("a");
    JournalEntry second = Entries.requested("b");

    assertThat(Stream.of(second, first, oldest).sorted(EntryOrder.OLDEST_FIRST))
        .containsExactly(oldest, first, second);
  }
}
