package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reelbeam.backend.RenewalTokens.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
  void countsTimeFromTheYear1970() {
    String token = tokens.issue(KEY, "ada", Instant.EPOCH);
    assertThat(tokens.check(token, KEY, "ada")).isEqualTo(Verdict.EXPIRED);
    assertThatThrownBy(() -> tokens.issue(KEY, "ada", Instant.EPOCH.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
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
  void refusesATokenWithACharacterTakenOutPutInOrSwapped() {
    String token = tokens.issue(KEY, "ada", TOMORROW);
    Set<String> changed = new LinkedHashSet<>();
    for (int i = 0; i <= token.length(); i++) {
      String head = token.substring(0, i);
      String tail = token.substring(i);
      for (String inserted :
          List.of("A", "z", "0", "9", "-", "_", ".", "=", " ", "\n", "\0", "é")) {
        changed.add(head + inserted + tail);
      }
      if (!tail.isEmpty()) {
        changed.add(head + tail.substring(1));
        changed.add(head + tail.charAt(0) + tail);
        changed.add(head + flipped(tail.charAt(0)) + tail.substring(1));
      }
      if (tail.length() > 1) {
        changed.add(head + tail.charAt(1) + tail.charAt(0) + tail.substring(2));
      }
    }
    changed.add(token + "." + token);
    changed.add(token.toUpperCase(Locale.ROOT));
    changed.remove(token);
    assertThat(changed).hasSizeGreaterThan(800);
    for (String text : changed) {
      assertThat(tokens.check(text, KEY, "ada")).as(text).isEqualTo(Verdict.REFUSED);
    }
  }

  private static char flipped(char letter) {
    return Character.isUpperCase(letter)
        ? Character.toLowerCase(letter)
        : Character.toUpperCase(letter);
  }

  /** The last of 43 characters has two bits to spare: four spellings of the same signature. */
  @Test
  void refusesTheSameSignatureInAnotherSpelling() {
    String token = tokens.issue(KEY, "ada", TOMORROW);
    String signature = token.substring(token.lastIndexOf('.') + 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(signature.charAt(42));
    for (int spare = 1; spare < 4; spare++) {
      String alias = signature.substring(0, 42) + alphabet.charAt(last ^ spare);
      assertThat(Base64.getUrlDecoder().decode(alias))
          .isEqualTo(Base64.getUrlDecoder().decode(signature));
      String text = token.substring(0, token.length() - 1) + alias.charAt(42);
      assertThat(tokens.check(text, KEY, "ada")).isEqualTo(Verdict.REFUSED);
    }
  }

  @Test
  void refusesASignatureUnderTheIdOfAnotherSecret() {
    RenewalTokens both =
        RenewalTokens.signingWith("2026", secret(1))
            .alsoAccept("2027", secret(2))
            .clock(fixed(NOW))
            .build();
    String token = both.issue(KEY, "ada", TOMORROW);
    assertThat(both.check(token, KEY, "ada")).isEqualTo(Verdict.VALID);
    assertThat(both.check(token.replace(".2026.", ".2027."), KEY, "ada"))
        .isEqualTo(Verdict.REFUSED);
  }

  @Test
  void refusesAnExpiredTokenOfAnotherUserLikeAnyOther() {
    String token = tokens.issue(KEY, "ada", NOW);
    assertThat(tokensAt(TOMORROW).check(token, KEY, "ada")).isEqualTo(Verdict.EXPIRED);
    assertThat(tokensAt(TOMORROW).check(token, KEY, "bob")).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void refusesATokenThatWasGivenMoreTime() {
    String token = tokens.issue(KEY, "ada", NOW);
    String longer =
        token.replace("." + NOW.getEpochSecond() + ".", "." + TOMORROW.getEpochSecond() + ".");
    assertThat(longer).isNotEqualTo(token);
    assertThat(tokensAt(TOMORROW).check(longer, KEY, "ada")).isEqualTo(Verdict.REFUSED);
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
