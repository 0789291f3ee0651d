package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reelbeam.backend.RenewalTokens.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenewalTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant TOMORROW = NOW.plusSeconds(86_400);
  private static final String KEY = "incoming/1.mp4";

  private final RenewalTokens tokens = tokensAt(NOW);

  private static RenewalTokens tokensAt(Instant now) {
    return RenewalTokens.signingWith("2026", secret(1)).clock(fixed(now)).build();
  }

  private static Clock fixed(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  private static byte[] secret(int seed) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) seed);
    return secret;
  }

  @Test
  void acceptsItsOwnToken() {
    String token = tokens.issue(KEY, "ada", TOMORROW);
    assertThat(tokens.check(token, KEY, "ada")).isEqualTo(Verdict.VALID);
  }

  @Test
  void refusesAnotherKeyAndAnotherSubject() {
    String token = tokens.issue(KEY, "ada", TOMORROW);
    assertThat(tokens.check(token, "incoming/2.mp4", "ada")).isEqualTo(Verdict.REFUSED);
    assertThat(tokens.check(token, KEY, "bob")).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void keepsKeyAndSubjectApart() {
    String token = tokens.issue("ab", "c", TOMORROW);
    assertThat(tokens.check(token, "a", "bc")).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void runsOutAfterItsLastSecond() {
    String token = tokens.issue(KEY, "ada", NOW);
    assertThat(tokensAt(NOW.plusMillis(999)).check(token, KEY, "ada")).isEqualTo(Verdict.VALID);
    assertThat(tokensAt(NOW.plusSeconds(1)).check(token, KEY, "ada")).isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void refusesATokenWithAnyByteChanged() {
    byte[] token = tokens.issue(KEY, "ada", TOMORROW).getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < token.length; i++) {
      for (int value = 0; value < 256; value++) {
        byte[] changed = token.clone();
        changed[i] = (byte) value;
        Verdict expected = changed[i] == token[i] ? Verdict.VALID : Verdict.REFUSED;
        String text = new String(changed, StandardCharsets.ISO_8859_1);
        assertThat(tokens.check(text, KEY, "ada"))
            .as("byte %s as %s", i, value)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void refusesATokenCutShortOrMadeLonger() {
    String token = tokens.issue(KEY, "ada", TOMORROW);
    for (int length = 0; length < token.length(); length++) {
      assertThat(tokens.check(token.substring(0, length), KEY, "ada")).isEqualTo(Verdict.REFUSED);
    }
    assertThat(tokens.check(token + "=", KEY, "ada")).isEqualTo(Verdict.REFUSED);
    assertThat(tokens.check(token + "\n", KEY, "ada")).isEqualTo(Verdict.REFUSED);
    assertThat(tokens.check(null, KEY, "ada")).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void acceptsAnEarlierSecretWhileItIsListed() {
    String old = tokens.issue(KEY, "ada", TOMORROW);
    RenewalTokens.Builder rotated = RenewalTokens.signingWith("2027", secret(2)).clock(fixed(NOW));
    assertThat(rotated.build().check(old, KEY, "ada")).isEqualTo(Verdict.REFUSED);
    rotated.alsoAccept("2026", secret(1));
    assertThat(rotated.build().check(old, KEY, "ada")).isEqualTo(Verdict.VALID);
    assertThat(rotated.build().issue(KEY, "ada", TOMORROW)).contains(".2027.");
  }

  @Test
  void refusesAnotherSecretUnderTheSameKeyId() {
    String token = tokens.issue(KEY, "ada", TOMORROW);
    RenewalTokens other = RenewalTokens.signingWith("2026", secret(2)).clock(fixed(NOW)).build();
    assertThat(other.check(token, KEY, "ada")).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void tellsNeitherKeyNorSubject() {
    assertThat(tokens.issue(KEY, "ada", TOMORROW)).doesNotContain("ada").doesNotContain("incoming");
  }

  @Test
  void refusesAShortSecretAndAKeyIdTwice() {
    assertThatThrownBy(() -> RenewalTokens.signingWith("k", new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    RenewalTokens.Builder builder = RenewalTokens.signingWith("k", secret(1));
    assertThatThrownBy(() -> builder.alsoAccept("k", secret(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a b", "123456789012345678901234567890123"})
  void refusesKeyIdsThatWouldBreakTheFormat(String keyId) {
    assertThatThrownBy(() -> RenewalTokens.signingWith(keyId, secret(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsSecretsOutOfItsText() {
    assertThat(tokens).hasToString("RenewalTokens[signing=2026, accepted=[2026]]");
  }
}
