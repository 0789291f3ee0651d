package io.github.reelbeam.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.PendingUpload;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadState;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalEntryTest {
  private static final Instant LATER = Entries.BEGUN.plusSeconds(60);

  @Test
  void aRenewalChangesTheTokenAlone() {
    JournalEntry before = Entries.full("u-1");
    JournalEntry renewed = before.renewed("renewal-2", LATER);

    assertThat(renewed.target())
        .isEqualTo(
            new JournalEntry.Target(
                "videos",
                "in/1.mp4",
                "eu-central-1",
                URI.create("http://127.0.0.1:9000"),
                true,
                "renewal-2"));
    assertThat(renewed)
        .usingRecursiveComparison()
        .ignoringFields("target", "updatedAt")
        .isEqualTo(before);
    assertThat(renewed.updatedAt()).isEqualTo(LATER);
  }

  @Test
  void aRenewalBeforeTheGrantHasNothingToChange() {
    assertThat(Entries.requested("u-1").renewed("renewal-1", LATER).target()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"offline, FAILED", ", REQUESTED"})
  void theAppSeesAnUploadThatFailedAsFailed(@Nullable String error, UploadState seen) {
    JournalEntry entry = Entries.requested("u-1");
    PendingUpload pending = (error == null ? entry : entry.failed(error, LATER)).toPending();

    assertThat(pending)
        .isEqualTo(
            new PendingUpload(
                new UploadId("u-1"),
                seen,
                entry.source().reference(),
                entry.source().fileName(),
                entry.source().size(),
                error,
                Entries.BEGUN,
                error == null ? Entries.BEGUN : LATER));
  }

  @Test
  void aTargetShowsNoToken() {
    assertThat(Entries.full("u-1").target()).hasToString("Target[videos/in/1.mp4, eu-central-1]");
  }
}
