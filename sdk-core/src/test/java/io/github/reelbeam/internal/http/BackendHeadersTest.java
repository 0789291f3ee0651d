package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendHeadersTest {
  @ParameterizedTest
  @CsvSource({"X-Tenant, 7", "x!#$%&'*+.^_`|~-, v", "X-Empty, ''", "X-Tab, 'a\tb'"})
  void takesHeaders(String name, String value) {
    assertThatCode(() -> BackendHeaders.check(name, value)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X Tenant", "X:Tenant", "X-T\u00e4nant", "X-Tenant\n"})
  void refusesWhatIsNoName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackendHeaders.check(name, "v"))
        .withMessageContaining("cannot be named");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "authorization", "HOST", "Idempotency-Key"})
  void refusesWhatReelbeamSetsItself(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackendHeaders.check(name, "v"))
        .withMessageContaining("set by Reelbeam");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001f", "\u007f", "\u00e9", "a\r\nb", "\u0000"})
  void refusesAValueThatCannotStandInAHeaderWithoutShowingIt(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackendHeaders.check("X-Tenant", "SECRET" + value))
        .withMessageContaining("X-Tenant")
        .withMessageNotContaining("SECRET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "~", "Bearer a.b-c", "\t"})
  void printableAsciiAndTabsAreAValue(String value) {
    assertThat(BackendHeaders.isValue(value)).isTrue();
  }
}
