package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * That nothing of Java is used which Android's API 26 lacks, and D8 does not bring along, is
 * checked when the classes are compiled. Here: that the check would find it.
 */
class AndroidApiTest {
  private static final Path API = Path.of("target", "android", "api-26.signature");

  private final Complaints complaints = new Complaints();

  private boolean isBroken(Path classes) throws IOException {
    try (InputStream api = Files.newInputStream(API)) {
      SignatureChecker checker = new SignatureChecker(api, Set.of("java.lang.Record"), complaints);
      checker.setSourcePath(List.of());
      checker.process(classes.toFile());
      return checker.isSignatureBroken();
    }
  }

  @Test
  void findsWhatApi26Lacks() throws Exception {
    Path folder =
        Path.of(AndroidApiTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path tooMuch = folder.resolve(TooMuch.class.getName().replace('.', '/') + ".class");
    assertThat(isBroken(tooMuch)).isTrue();
    assertThat(String.join("\n", complaints.heard))
        .contains("CompletableFuture.failedFuture")
        .contains("Stream.toList")
        .contains("InputStream.readAllBytes")
        .contains("ByteBuffer java.nio.ByteBuffer.flip()");
    assertThat(complaints.heard).hasSize(4);
  }

  /** What was used before this was checked; each fails on a device only when it is reached. */
  @SuppressWarnings("unused")
  private static final class TooMuch {
    static CompletableFuture<Object> later(InputStream bytes) throws IOException {
      return CompletableFuture.failedFuture(
          new IOException(Stream.of(bytes.readAllBytes()).toList().toString()));
    }

    /** The name is old, but what it returns in Java 9 and later is not. */
    static ByteBuffer covariant(ByteBuffer buffer) {
      return buffer.flip();
    }
  }

  private static final class Complaints implements Logger {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void info(String message) {}

    @Override
    public void info(String message, Throwable t) {}

    @Override
    public void debug(String message) {}

    @Override
    public void debug(String message, Throwable t) {}

    @Override
    public void warn(String message) {}

    @Override
    public void warn(String message, Throwable t) {}

    @Override
    public void error(String message) {
      heard.add(message);
    }

    @Override
    public void error(String message, Throwable t) {
      heard.add(message);
    }
  }
}
