package io.github.reelbeam.examples.backend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object per request and line. Neither queries nor headers nor bodies are in it: they may
 * hold tokens, and what people call their videos.
 *
 * <p>Safe for use by several threads.
 */
public final class AccessLog implements AutoCloseable {

  /**
   * A request that has ended.
   *
   * @param path without the query
   * @param status 0 if the client went away before there was an answer
   * @param bytes of the answer's body
   * @param user as authenticated, or null
   * @param remote the client's address, or that of a proxy in between
   */
  record Entry(
      Instant time,
      String requestId,
      String method,
      String path,
      int status,
      long bytes,
      long milliseconds,
      @Nullable String user,
      String remote) {}

  private static final int LONGEST_PATH = 256;

  private final PrintWriter out;

  private AccessLog(PrintWriter out) {
    this.out = out;
  }

  /** A log that is written to a stream, and closes it at its end. */
  public static AccessLog to(PrintWriter out) {
    return new AccessLog(out);
  }

  /** A log that is added to a file. */
  public static AccessLog to(Path file) throws IOException {
    return new AccessLog(
        new PrintWriter(
            Files.newBufferedWriter(
                file,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND)));
  }

  void write(Entry entry) {
    String path = entry.path();
    ObjectNode line =
        Answers.object()
            .put("time", entry.time().toString())
            .put("requestId", entry.requestId())
            .put("method", entry.method())
            .put("path", path.substring(0, Math.min(path.length(), LONGEST_PATH)))
            .put("status", entry.status())
            .put("bytes", entry.bytes())
            .put("milliseconds", entry.milliseconds());
    if (entry.user() != null) {
      line.put("user", entry.user());
    }
    line.put("remote", entry.remote());
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  @Override
  public void close() {
    out.close();
  }
}
