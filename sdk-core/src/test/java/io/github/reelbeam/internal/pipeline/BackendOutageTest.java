package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadListener.WaitReason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BackendOutageTest {
  private static GrantException refused(boolean resumable, int status, @Nullable Throwable cause) {
    Details details = new Details(null, Stage.GRANT, resumable, null);
    return new GrantException("no grant", details, status, null, cause);
  }

  @ParameterizedTest
  @CsvSource({
    "408, true",
    "425, true",
    "429, true",
    "500, true",
    "503, true",
    "599, true",
    "400, false",
    "401, false",
    "403, false",
    "404, false",
    "424, false",
    "499, false"
  })
  void waitsForABackendThatSaysItMayPass(int status, boolean waits) {
    if (waits) {
      assertThat(BackendOutage.of(refused(true, status, null))).contains(WaitReason.BACKOFF);
    } else {
      assertThat(BackendOutage.of(refused(true, status, null))).isEmpty();
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException("refused"), WaitReason.OFFLINE),
        Arguments.of(
            new IllegalStateException(new ConnectException("refused")), WaitReason.OFFLINE),
        Arguments.of(new EOFException("cut off"), WaitReason.BACKOFF),
        Arguments.of(new IllegalStateException(new IOException("cut off")), WaitReason.BACKOFF),
        Arguments.of(new IllegalStateException("the app's supplier failed"), null),
        Arguments.of(null, null));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void waitsForABackendThatGaveNoAnswer(@Nullable Throwable cause, @Nullable WaitReason reason) {
    assertThat(BackendOutage.of(refused(true, 0, cause)).orElse(null)).isEqualTo(reason);
  }

  @Test
  void doesNotWaitWhereItIsOfNoUse() {
    assertThat(BackendOutage.of(refused(false, 503, new ConnectException()))).isEmpty();
  }

  /** What is around an answer is no cut connection. */
  @Test
  void anAnswerCountsMoreThanItsCause() {
    assertThat(BackendOutage.of(refused(true, 401, new IOException("closed")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"30, true", "31, false"})
  void looksAtThirtyTwoExceptionsOfAChain(int around, boolean waits) {
    Throwable failure = new EOFException("cut off");
    for (int i = 0; i < around; i++) {
      failure = new IllegalStateException("around", failure);
    }
    assertThat(BackendOutage.of(refused(true, 0, failure)).isPresent()).isEqualTo(waits);
  }

  @Test
  void comesToAnEndWhereCausesGoInACircle() {
    IllegalStateException one = new IllegalStateException("one");
    IllegalStateException two = new IllegalStateException("two", one);
    one.initCause(two);
    assertThat(BackendOutage.of(refused(true, 0, two))).isEmpty();
  }
}
