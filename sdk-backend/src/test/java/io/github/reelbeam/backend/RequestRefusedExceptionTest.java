package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRefusedExceptionTest {

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 499})
  void isAFaultOfTheClients(int status) {
    assertThat(new RequestRefusedException(status, "code", "why").status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 399, 500, 503})
  void isNothingElse(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RequestRefusedException(status, "code", "why"))
        .withMessageContaining(Integer.toString(status));
  }
}
