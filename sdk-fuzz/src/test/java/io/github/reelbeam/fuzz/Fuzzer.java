package io.github.reelbeam.fuzz;

import io.github.reelbeam.backend.ClientRequestFuzzer;
import io.github.reelbeam.backend.RenewalTokenFuzzer;
import io.github.reelbeam.credentials.GrantFuzzer;
import io.github.reelbeam.internal.http.HostsFuzzer;
import io.github.reelbeam.internal.pipeline.ContentTypesFuzzer;
import io.github.reelbeam.internal.transfer.StoreAnswersFuzzer;
import io.github.reelbeam.journal.JournalFuzzer;
import io.github.reelbeam.notify.NotificationFuzzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The fuzzers; each has a class of that name, a corpus, and perhaps a dictionary. */
enum Fuzzer {
  GRANT(GrantFuzzer.class, GrantFuzzer::fuzzerTestOneInput),
  NOTIFICATION(NotificationFuzzer.class, NotificationFuzzer::fuzzerTestOneInput),
  STORE_ANSWERS(StoreAnswersFuzzer.class, StoreAnswersFuzzer::fuzzerTestOneInput),
  JOURNAL(JournalFuzzer.class, JournalFuzzer::fuzzerTestOneInput),
  NAMES(NamesFuzzer.class, NamesFuzzer::fuzzerTestOneInput),
  HOSTS(HostsFuzzer.class, HostsFuzzer::fuzzerTestOneInput),
  CONTENT_TYPES(ContentTypesFuzzer.class, ContentTypesFuzzer::fuzzerTestOneInput),
  RENEWAL_TOKEN(RenewalTokenFuzzer.class, RenewalTokenFuzzer::fuzzerTestOneInput),
  CLIENT_REQUEST(ClientRequestFuzzer.class, ClientRequestFuzzer::fuzzerTestOneInput);

  /** What a fuzzer does with one input. */
  @FunctionalInterface
  interface Input {
    void run(byte[] input) throws Exception;
  }

  private final Class<?> target;

  @SuppressWarnings("ImmutableEnumChecker") // a method has no state
  private final Input one;

  Fuzzer(Class<?> target, Input one) {
    this.target = target;
    this.one = one;
  }

  /** The class that Jazzer is told. */
  Class<?> target() {
    return target;
  }

  /** The class's simple name, which files and people use. */
  String title() {
    return target.getSimpleName();
  }

  /** Runs one input; throws if it is a finding. */
  void run(byte[] input) throws Exception {
    one.run(input);
  }

  /** The folder of the inputs that every build replays. */
  Path corpus() {
    return Path.of("corpus", title());
  }

  /** The inputs that every build replays. */
  List<Path> inputs() throws IOException {
    try (Stream<Path> files = Files.list(corpus())) {
      return files.sorted().toList();
    }
  }

  /** Words that are hard to guess. */
  Path dictionary() {
    return Path.of("dictionaries", title() + ".dict");
  }
}
