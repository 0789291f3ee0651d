package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransferFailureTest {
  private static TransferFailure of(FailureKind kind) {
    return new TransferFailure(kind, "on purpose", null, null);
  }

  @Test
  void isFoundUnderWhatAFutureHasPutAroundIt() {
    TransferFailure failure = of(FailureKind.TRANSIENT);
    Throwable seen = new CompletionException(new TransferEngine.AbortFailed(failure));
    assertThat(TransferFailure.in(seen)).containsSame(failure);
  }

  @Test
  void isNotWhereItIsNot() {
    assertThat(TransferFailure.in(new IllegalStateException())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void otherCredentialsMayHelpWhereTheseAreRefused(FailureKind kind) {
    boolean refused = kind == FailureKind.CREDENTIALS || kind == FailureKind.DENIED;
    assertThat(of(kind).mayBeCredentials()).isEqualTo(refused);
  }
}
