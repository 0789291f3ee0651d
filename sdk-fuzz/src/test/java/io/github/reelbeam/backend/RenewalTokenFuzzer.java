package io.github.reelbeam.backend;

import io.github.reelbeam.backend.RenewalTokens.Verdict;
import io.github.reelbeam.fuzz.Check;
import io.github.reelbeam.fuzz.FuzzTime;
import io.github.reelbeam.fuzz.Inputs;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What clients show at a renewal. An input is a key, a user and a token; {@code $TOKEN} in the
 * token stands for one that was signed here, for another key and another user.
 */
public final class RenewalTokenFuzzer {
  private static final String KEY = "uploads/3f0c2b1e.mp4";
  private static final String SUBJECT = "alice";
  private static final RenewalTokens TOKENS =
      RenewalTokens.signingWith("new", "n".repeat(32).getBytes(StandardCharsets.UTF_8))
          .alsoAccept("old", "o".repeat(32).getBytes(StandardCharsets.UTF_8))
          .clock(Clock.fixed(FuzzTime.NOW, ZoneOffset.UTC))
          .build();
  private static final String SIGNED = TOKENS.issue(KEY, SUBJECT, FuzzTime.NOW.plusSeconds(60));

  private RenewalTokenFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) {
    List<byte[]> documents = Inputs.documents(input, 3);
    String key = Inputs.text(documents.get(0));
    String subject = documents.size() > 1 ? Inputs.text(documents.get(1)) : "";
    String token =
        documents.size() > 2 ? Inputs.text(documents.get(2)).replace("$TOKEN", SIGNED) : "";
    boolean own = key.equals(KEY) && subject.equals(SUBJECT) && token.equals(SIGNED);
    Verdict verdict = TOKENS.check(token, key, subject);
    Check.that(
        verdict == (own ? Verdict.VALID : Verdict.REFUSED),
        "'" + token + "' is " + verdict + " for '" + key + "' and '" + subject + "'");
    // one that is signed here is good for what it was signed for, whatever that is, and no more
    String mine = TOKENS.issue(key, subject, FuzzTime.NOW);
    Check.that(TOKENS.check(mine, key, subject) == Verdict.VALID, "not even its own: " + mine);
    Check.that(TOKENS.check(mine, key + "/", subject) == Verdict.REFUSED, "for another key");
    Check.that(TOKENS.check(mine, key, subject + " ") == Verdict.REFUSED, "for another user");
    Check.that(
        TOKENS.check(mine + token, key, subject)
            == (token.isEmpty() ? Verdict.VALID : Verdict.REFUSED),
        "with more behind");
  }
}
