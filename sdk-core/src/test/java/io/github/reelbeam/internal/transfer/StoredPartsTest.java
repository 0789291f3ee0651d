package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.internal.transfer.StoredParts.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoredPartsTest {
  private static final long MIB = 1L << 20;
  private static final PartPlan PLAN = PartPlan.of(20 * MIB, 8 * MIB); // 8, 8 and 4 MiB
  private static final Listed FIRST = new Listed(1, 8 * MIB, "crc-1");
  private static final Listed SECOND = new Listed(2, 8 * MIB, "crc-2");
  private static final Listed THIRD = new Listed(3, 4 * MIB, "crc-3");

  static Stream<Arguments> listings() {
    return Stream.of(
        Arguments.of("nothing", List.of(), List.of(), 0),
        Arguments.of("all", List.of(FIRST, SECOND, THIRD), List.of(1, 2, 3), 20),
        Arguments.of("a gap", List.of(FIRST, THIRD), List.of(1, 3), 12),
        Arguments.of("any order", List.of(THIRD, FIRST), List.of(1, 3), 12),
        Arguments.of("one listed twice", List.of(FIRST, FIRST), List.of(1), 8),
        Arguments.of(
            "a short part", List.of(FIRST, new Listed(2, 8 * MIB - 1, "crc-2")), List.of(1), 8),
        Arguments.of("a long last part", List.of(new Listed(3, 8 * MIB, "crc-3")), List.of(), 0),
        Arguments.of("an empty part", List.of(new Listed(1, 0, "crc-1")), List.of(), 0),
        Arguments.of(
            "a part beyond the last", List.of(new Listed(4, 4 * MIB, "crc-4")), List.of(), 0),
        Arguments.of("part 0", List.of(new Listed(0, 8 * MIB, "crc-0")), List.of(), 0),
        Arguments.of("no checksum", List.of(new Listed(1, 8 * MIB, null)), List.of(1), 8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("listings")
  void keepsWhatIsAsPlanned(String what, List<Listed> listed, List<Integer> kept, long mebibytes)
      throws SourceReadException {
    StoredParts stored = StoredParts.reconcile(PLAN, listed, part -> "crc-" + part);
    assertThat(stored.parts().keySet()).containsExactlyElementsOf(kept);
    assertThat(stored.parts().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(mebibytes * MIB);
  }

  @Test
  void aStoredPartWithOtherBytesMeansThatTheSourceHasChanged() {
    assertThatExceptionOfType(SourceReadException.class)
        .isThrownBy(
            () ->
                StoredParts.reconcile(
                    PLAN, List.of(FIRST, new Listed(2, 8 * MIB, "crc-X")), part -> "crc-" + part))
        .withMessageContaining("part 2");
  }

  @Test
  void goesBySizesAloneIfChecksumsAreOff() throws SourceReadException {
    StoredParts stored =
        StoredParts.reconcile(PLAN, List.of(new Listed(1, 8 * MIB, "anything"), THIRD), null);
    assertThat(stored.parts()).containsOnlyKeys(1, 3);
  }

  @Test
  void readsTheSourceOnlyForPartsThatMayBeKept() throws SourceReadException {
    List<Integer> read = new ArrayList<>();
    var unused =
        StoredParts.reconcile(
            PLAN,
            List.of(new Listed(1, 1, "crc-1"), new Listed(2, 8 * MIB, null), THIRD),
            part -> {
              read.add(part);
              return "crc-" + part;
            });
    assertThat(read).containsExactly(3);
  }

  @Test
  void aSourceThatCannotBeReadEndsIt() {
    assertThatExceptionOfType(SourceReadException.class)
        .isThrownBy(
            () ->
                StoredParts.reconcile(
                    PLAN,
                    List.of(FIRST),
                    part -> {
                      throw new SourceReadException("gone");
                    }));
  }

  /** Uppy looked at the first page of ListParts only, and sent the rest again. */
  @Test
  void tenThousandPartsAreKept() throws SourceReadException {
    PartPlan large = PartPlan.of(10_000 * 5 * MIB, 5 * MIB);
    List<Listed> all =
        Stream.iterate(1, n -> n + 1).limit(10_000).map(n -> new Listed(n, 5 * MIB, null)).toList();
    assertThat(StoredParts.reconcile(large, all, null).parts()).hasSize(10_000);
  }
}
