package io.github.reelbeam.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ClaimStateTest {
  private final JournalEntry entry = Entries.requested("u-1");
  private final ClaimState claim = new ClaimState(entry);

  @Test
  void anOpenClaimTakesItsOwnEntry() {
    assertThatCode(() -> claim.checkWritable(entry)).doesNotThrowAnyException();
    JournalEntry next = entry.failed("offline", Entries.BEGUN);
    claim.written(next);
    assertThat(claim.entry()).isSameAs(next);
  }

  @Test
  void anOpenClaimRefusesAnothersEntry() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> claim.checkWritable(Entries.requested("u-2")))
        .withMessage("the claim is on upload u-1, the entry is of u-2");
  }

  @Test
  void aClosedClaimDoesNoMore() {
    assertThat(claim.close()).isTrue();
    assertThat(claim.close()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(() -> claim.checkWritable(entry))
        .withMessage("the claim on upload u-1 is closed");
  }

  @Test
  void aClaimThatHasRemovedItsEntryDoesNoMore() {
    assertThat(claim.isRemoved()).isFalse();
    claim.removed();
    assertThat(claim.isRemoved()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(claim::checkRemovable)
        .withMessage("the claim on upload u-1 has removed it");
  }
}
