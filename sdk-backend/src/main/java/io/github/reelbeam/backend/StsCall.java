package io.github.reelbeam.backend;

import java.time.Duration;
import java.util.regex.Pattern;

/** The three calls of STS that make temporary credentials, and the rules they set for a session. */
enum StsCall {
  ASSUME_ROLE("AssumeRole", 64),
  FEDERATION_TOKEN("GetFederationToken", 32),
  SESSION_TOKEN("GetSessionToken", 0);

  /** STS's lower bound for each of the three calls. */
  static final Duration SHORTEST = Duration.ofMinutes(15);

  /**
   * STS's upper bound for a role. The other two calls would take 36 hours; a grant that is renewed
   * anyway has no need of them.
   */
  static final Duration LONGEST = Duration.ofHours(12);

  private static final int SHORTEST_NAME = 2;

  // STS takes + = , @ too, but Ceph 16 no plus, and our own keys have none of them
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9_.-]");

  private final String action;
  private final int longestName;

  StsCall(String action, int longestName) {
    this.action = action;
    this.longestName = longestName;
  }

  /** The name of the call in STS's API. */
  String action() {
    return action;
  }

  /**
   * Names a session after the last segment of its key, so that the audit log of STS leads to the
   * object and from there to the user, without the log of another service holding personal data.
   */
  String sessionName(String key) {
    String name = NOT_IN_A_NAME.matcher(key.substring(key.lastIndexOf('/') + 1)).replaceAll("-");
    String longEnough = name.length() < SHORTEST_NAME ? "upload-" + name : name;
    return longEnough.substring(0, Math.min(longEnough.length(), longestName));
  }

  /**
   * Checks how long a session is to last.
   *
   * @param isAws whether AWS answers; other stores have lower bounds of their own
   * @throws IllegalArgumentException if there is no such session
   */
  void checkValidity(Duration validity, boolean isAws) {
    if (validity.toSeconds() < 1) {
      throw new IllegalArgumentException("a session lasts a second at least, not " + validity);
    }
    if (isAws && validity.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          action + " of AWS gives sessions of 15 minutes at least, not " + validity);
    }
    if (validity.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          this == ASSUME_ROLE
              ? "AssumeRole gives sessions of 12 hours at most, not " + validity
              : "an upload grant lasts 12 hours at most, and is renewed; not " + validity);
    }
  }
}
