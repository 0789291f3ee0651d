package io.github.reelbeam.backend;

import java.util.List;

/** What a merge has to know of the rules it merges: S3's for CORS, or for the lifecycle. */
interface RuleKind<R> {

  /** What messages call the rules: {@code CORS} or {@code lifecycle}. */
  String name();

  /** How many of them S3 lets a bucket have. */
  int limit();

  /** The rule's ID; null if it has none. */
  String id(R rule);

  /** The rule in words. */
  String describe(R rule);

  /** In which settings a rule with our ID is not as wanted; empty if it does the same. */
  List<String> differences(R present, R wanted);
}
