package io.github.reelbeam.examples.conformance;

import java.util.List;
import java.util.stream.Stream;

/** Everything that is checked, in the order of an upload; the later ones need the earlier ones. */
public final class Checks {
  private static final List<Check> IN_ORDER =
      Stream.of(
              GrantChecks.list(),
              BadGrantChecks.list(),
              UploadChecks.list(),
              RightsChecks.list(),
              RenewalChecks.list(),
              BadRenewalChecks.list(),
              BadNotificationChecks.before(),
              NotificationChecks.list(),
              BadNotificationChecks.after(),
              OverallChecks.list())
          .flatMap(List::stream)
          .toList();

  private Checks() {}

  /** All checks, in the order in which they are carried out. */
  public static List<Check> inOrder() {
    return IN_ORDER;
  }
}
