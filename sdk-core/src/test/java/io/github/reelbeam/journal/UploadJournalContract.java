package io.github.reelbeam.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.reelbeam.JournalException;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import io.github.reelbeam.journal.UploadJournal.Claim;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every journal does; an implementation extends this and runs it. */
abstract class UploadJournalContract {
  private static final UploadId ONE = new UploadId("one");

  /** Returns a journal without entries, the same at every call within one test. */
  abstract UploadJournal journal();

  private Claim create(JournalEntry entry) {
    return journal().claimOrCreate(other -> false, () -> entry);
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(journal().entries()).isEmpty();
    assertThat(journal().claim(ONE)).isEmpty();
  }

  @Test
  void addsTheNewEntryIfNoneFits() {
    try (Claim claim = create(Entries.requested("one"))) {
      assertThat(claim.entry()).isEqualTo(Entries.requested("one"));
      assertThat(journal().entries()).containsExactly(Entries.requested("one"));
    }
    assertThat(journal().entries()).containsExactly(Entries.requested("one"));
  }

  @Test
  void takesTheEntryThatFitsAndMakesNone() {
    create(Entries.requested("one")).close();

    try (Claim claim =
        journal()
            .claimOrCreate(
                entry -> entry.id().equals(ONE),
                () -> {
                  throw new AssertionError("none was wanted");
                })) {
      assertThat(claim.entry().id()).isEqualTo(ONE);
    }
  }

  @Test
  void takesTheOldestOfThoseThatFit() {
    create(Entries.requested("a", Entries.BEGUN.plusSeconds(2))).close();
    create(Entries.requested("c", Entries.BEGUN.plusSeconds(1))).close();
    create(Entries.requested("b", Entries.BEGUN.plusSeconds(3))).close();

    try (Claim claim = journal().claimOrCreate(entry -> true, () -> Entries.requested("d"))) {
      assertThat(claim.entry().id().value()).isEqualTo("c");
    }
  }

  @Test
  void listsTheOldestFirst() {
    create(Entries.requested("a", Entries.BEGUN.plusSeconds(2))).close();
    create(Entries.requested("c", Entries.BEGUN)).close();
    create(Entries.requested("b", Entries.BEGUN)).close();

    assertThat(journal().entries())
        .extracting(entry -> entry.id().value())
        .containsExactly("b", "c", "a");
  }

  @Test
  void refusesASecondClaim() {
    try (Claim claim = create(Entries.requested("one"))) {
      assertThat(claim.entry().id()).isEqualTo(ONE);
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal().claim(ONE))
          .satisfies(e -> assertThat(e.uploadId()).contains(ONE))
          .satisfies(e -> assertThat(e.isResumable()).isTrue());
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal().claimOrCreate(entry -> true, () -> Entries.requested("two")));
    }
  }

  @Test
  void keepsToTheRefusalAfterAFailedClaim() {
    try (Claim claim = create(Entries.requested("one"))) {
      assertThat(claim.entry().id()).isEqualTo(ONE);
      for (int i = 0; i < 3; i++) {
        assertThatExceptionOfType(JournalException.class).isThrownBy(() -> journal().claim(ONE));
      }
    }
  }

  @Test
  void givesAClaimAgainOnceItIsClosed() {
    create(Entries.requested("one")).close();

    try (Claim claim = journal().claim(ONE).orElseThrow()) {
      assertThat(claim.entry().id()).isEqualTo(ONE);
    }
    try (Claim claim = journal().claim(ONE).orElseThrow()) {
      assertThat(claim.entry().id()).isEqualTo(ONE);
    }
  }

  @Test
  void closingTwiceDoesNotEndTheNextClaim() {
    Claim first = create(Entries.requested("one"));
    first.close();
    try (Claim second = journal().claim(ONE).orElseThrow()) {
      first.close();
      assertThat(second.entry().id()).isEqualTo(ONE);
      assertThatExceptionOfType(JournalException.class).isThrownBy(() -> journal().claim(ONE));
    }
  }

  @Test
  void claimsDoNotConcernOtherUploads() {
    try (Claim one = create(Entries.requested("one"));
        Claim two = create(Entries.requested("two"))) {
      assertThat(one.entry()).isNotEqualTo(two.entry());
    }
  }

  @Test
  void replacesTheEntry() {
    JournalEntry next = Entries.full("one");
    try (Claim claim = create(Entries.requested("one"))) {
      claim.write(next);
      assertThat(claim.entry()).isEqualTo(next);
      assertThat(journal().entries()).containsExactly(next);
    }
    try (Claim claim = journal().claim(ONE).orElseThrow()) {
      assertThat(claim.entry()).isEqualTo(next);
    }
  }

  @Test
  void forgetsWhatIsRemoved() {
    try (Claim claim = create(Entries.requested("one"))) {
      claim.remove();
      assertThat(journal().entries()).isEmpty();
    }
    assertThat(journal().claim(ONE)).isEmpty();
    create(Entries.full("one")).close();
    assertThat(journal().entries()).containsExactly(Entries.full("one"));
  }

  @Test
  void refusesToWriteWhatWasRemoved() {
    try (Claim claim = create(Entries.requested("one"))) {
      claim.remove();
      assertThatIllegalStateException().isThrownBy(() -> claim.write(Entries.full("one")));
      assertThatIllegalStateException().isThrownBy(claim::remove);
    }
    assertThat(journal().entries()).isEmpty();
  }

  @Test
  void refusesToWriteWithoutTheClaim() {
    Claim claim = create(Entries.requested("one"));
    claim.close();

    assertThatIllegalStateException().isThrownBy(() -> claim.write(Entries.full("one")));
    assertThatIllegalStateException().isThrownBy(claim::remove);
    assertThat(journal().entries()).containsExactly(Entries.requested("one"));
  }

  @Test
  void refusesTheEntryOfAnotherUpload() {
    try (Claim claim = create(Entries.requested("one"))) {
      assertThatIllegalArgumentException().isThrownBy(() -> claim.write(Entries.full("two")));
    }
    assertThat(journal().entries()).containsExactly(Entries.requested("one"));
  }

  @Test
  void refusesANewEntryWithAnOldId() {
    create(Entries.full("one")).close();

    assertThatIllegalArgumentException().isThrownBy(() -> create(Entries.requested("one")));
    assertThat(journal().entries()).containsExactly(Entries.full("one"));
  }

  @Test
  void leavesNothingBehindIfThePredicateOrTheMakerThrows() {
    create(Entries.requested("one")).close();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                journal()
                    .claimOrCreate(
                        entry -> {
                          throw new IllegalStateException("thrown on purpose");
                        },
                        () -> Entries.requested("two")));
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                journal()
                    .claimOrCreate(
                        entry -> false,
                        () -> {
                          throw new IllegalStateException("thrown on purpose");
                        }));
    journal().claim(ONE).orElseThrow().close();
    assertThat(journal().entries()).hasSize(1);
  }

  @Test
  void makesOneEntryForManyThreadsWithTheSameSource() throws Exception {
    Set<String> made = ConcurrentHashMap.newKeySet();
    List<Optional<Claim>> claims =
        together(
            number -> {
              try {
                return Optional.of(
                    journal()
                        .claimOrCreate(
                            entry -> true,
                            () -> {
                              made.add("by-" + number);
                              return Entries.requested("by-" + number);
                            }));
              } catch (JournalException e) {
                return Optional.empty();
              }
            });

    assertThat(made).hasSize(1);
    assertThat(claims.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(journal().entries()).hasSize(1);
  }

  @Test
  void letsManyThreadsWorkOnUploadsOfTheirOwn() throws Exception {
    together(
        number -> {
          String id = "by-" + number;
          try (Claim claim =
              journal()
                  .claimOrCreate(
                      entry -> entry.id().value().equals(id), () -> Entries.requested(id))) {
            for (int part = 1; part <= 10; part++) {
              claim.write(
                  claim
                      .entry()
                      .transferring(Transfer.planned(part, true).opened(id), Entries.BEGUN));
              journal().entries();
            }
            if (number % 2 == 0) {
              claim.remove();
            }
            return claim;
          }
        });

    assertThat(journal().entries())
        .hasSize(4)
        .allSatisfy(entry -> assertThat(entry.state()).isEqualTo(UploadState.TRANSFERRING))
        .allSatisfy(
            entry ->
                assertThat(entry.transfer())
                    .isEqualTo(Transfer.planned(10, true).opened(entry.id().value())));
  }

  private interface Work<T> {
    T by(int number) throws Exception;
  }

  private static <T> List<T> together(Work<T> work) throws Exception {
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<T>> calls =
          Stream.iterate(0, number -> number + 1)
              .limit(threads)
              .<Callable<T>>map(
                  number ->
                      () -> {
                        start.await();
                        return work.by(number);
                      })
              .toList();
      List<Future<T>> futures = executor.invokeAll(calls);
      return futures.stream().map(UploadJournalContract::result).toList();
    } finally {
      executor.shutdownNow();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
