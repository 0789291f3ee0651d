package io.github.reelbeam.credentials;

import io.github.reelbeam.fuzz.FuzzTime;
import io.github.reelbeam.internal.json.GrantAnswer;

/** What the client says of a key that the backend has chosen. */
public final class KeyUse {
  private static final TemporaryCredentials CREDENTIALS =
      new TemporaryCredentials("A", "S", "T", FuzzTime.NOW);

  private KeyUse() {}

  /** Whether a grant for this key is taken. */
  public static boolean isTaken(String bucket, String key) {
    return !key.isBlank()
        && GrantRules.problem(
                new GrantAnswer(CREDENTIALS, bucket, key, "eu-central-1", null, false, null))
            .isEmpty();
  }
}
