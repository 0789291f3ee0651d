package io.github.reelbeam.backend;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules that a bucket has, with one of ours among them.
 *
 * @param rules all that the bucket is to have
 * @param changes what is different from before, in words; empty if nothing has to be written
 */
record MergedRules<R>(List<R> rules, List<String> changes) {

  /**
   * Puts a rule among those that are there already. A rule with the same ID is ours, from an
   * earlier set-up: it stays as it is if it does the same, or else gives up its place. All others
   * are kept, untouched and in their order. A new rule goes to the end, where it takes nothing away
   * from the others: of several CORS rules that match, S3 obeys the first.
   *
   * @throws BucketSetupException if there would be more rules than S3 allows
   */
  static <R> MergedRules<R> of(RuleKind<R> kind, List<R> present, R wanted) {
    String id = kind.id(wanted);
    List<R> rules = new ArrayList<>();
    List<String> changes = new ArrayList<>();
    boolean placed = false;
    for (R rule : present) {
      if (!id.equals(kind.id(rule))) {
        rules.add(rule);
      } else if (placed) {
        changes.add(kind.name() + ": remove a second rule '" + id + "'");
      } else {
        List<String> differences = kind.differences(rule, wanted);
        differences.forEach(d -> changes.add(kind.name() + ": change rule '" + id + "': " + d));
        rules.add(differences.isEmpty() ? rule : wanted);
        placed = true;
      }
    }
    if (!placed) {
      requireRoom(kind, present.size());
      rules.add(wanted);
      changes.add(kind.name() + ": add rule '" + id + "': " + kind.describe(wanted));
    }
    return new MergedRules<>(List.copyOf(rules), List.copyOf(changes));
  }

  private static void requireRoom(RuleKind<?> kind, int taken) {
    if (taken >= kind.limit()) {
      String message =
          "the bucket has %d %s rules already and S3 allows %d: remove one that is no longer needed"
              .formatted(taken, kind.name(), kind.limit());
      throw new BucketSetupException(message + ". Nothing was changed.", false, List.of(), null);
    }
  }
}
