package io.github.reelbeam.benchmarks.harness;

import io.github.reelbeam.benchmarks.server.DiscardingS3;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The store, in a process of its own. */
final class StoreProcess implements AutoCloseable {
  private final LineProcess process;
  private final URI uri;
  private final Path trustStore;

  StoreProcess(String java, Path folder, String scheme) throws IOException {
    Files.createDirectories(folder);
    this.process =
        new LineProcess(
            List.of(
                java,
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                DiscardingS3.class.getName(),
                folder.toString()),
            folder.resolve("store.log"));
    Map<String, String> addresses = LineProcess.fields(process.answer());
    this.uri = URI.create(field(addresses, scheme));
    this.trustStore = Path.of(field(addresses, "truststore"));
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalStateException("no " + name + " in " + fields);
    }
    return value;
  }

  URI uri() {
    return uri;
  }

  Path trustStore() {
    return trustStore;
  }

  /** Forgets what was stored so far. */
  void reset() throws IOException {
    process.ask("take");
  }

  /**
   * Makes sure that the load was stored so many times since the last call, and nothing else.
   *
   * @return how many seconds of CPU this took the store
   */
  double verify(Load load, int times) throws IOException {
    Map<String, String> tally = LineProcess.fields(process.ask("take"));
    String expected = load.size() + "*" + times * load.files();
    if (!expected.equals(tally.get("sizes"))) {
      throw new IllegalStateException(
          "the store should have objects of " + expected + ", and has " + tally);
    }
    return Long.parseLong(field(tally, "cpu")) / 1e9;
  }

  @Override
  public void close() {
    process.close();
  }
}
