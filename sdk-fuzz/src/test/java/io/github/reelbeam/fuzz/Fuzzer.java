package io.github.reelbeam.fuzz;

import java.nio.file.Path;

/** The fuzzers; each has a class of that name, a corpus, and perhaps a dictionary. */
enum Fuzzer {
  GRANT("credentials.GrantFuzzer", "com.fasterxml.jackson.core.json.**"),
  NOTIFICATION("notify.NotificationFuzzer"),
  STORE_ANSWERS("internal.transfer.StoreAnswersFuzzer"),
  JOURNAL("journal.JournalFuzzer", "com.fasterxml.jackson.core.json.**"),
  NAMES("fuzz.NamesFuzzer"),
  HOSTS("internal.http.HostsFuzzer"),
  CONTENT_TYPES("internal.pipeline.ContentTypesFuzzer", "org.overviewproject.**"),
  RENEWAL_TOKEN("backend.RenewalTokenFuzzer"),
  CLIENT_REQUEST("backend.ClientRequestFuzzer");

  private static final String ROOT = "io.github.reelbeam.";

  private final String target;
  private final String instrumented;

  /**
   * @param target its class, below {@code io.github.reelbeam}
   * @param others what else is to be covered, besides Reelbeam itself
   */
  Fuzzer(String target, String... others) {
    this.target = ROOT + target;
    this.instrumented = ROOT + "**" + (others.length == 0 ? "" : ":" + String.join(":", others));
  }

  /** The class's full name. */
  String target() {
    return target;
  }

  /** The class's simple name, which files and people use. */
  String title() {
    return target.substring(target.lastIndexOf('.') + 1);
  }

  /** Patterns of the classes whose branches are watched. */
  String instrumented() {
    return instrumented;
  }

  /** The inputs that every build replays. */
  Path corpus() {
    return Path.of("corpus", title());
  }

  /** Words that are hard to guess. */
  Path dictionary() {
    return Path.of("dictionaries", title() + ".dict");
  }
}
