package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;

/** Carries the server's answer back, while the request's body may still be on its way. */
final class ProxyResponse implements Callable<Boolean> {

  private static final byte[] CLOSE = "Connection: close\r\n\r\n".getBytes(US_ASCII);

  private final RequestHead request;
  private final InputStream in;
  private final ProxyConnection connection;
  private final OutputStream out;
  private final IntConsumer onFinalStatus;
  private volatile boolean refusedBeforeBody;

  ProxyResponse(
      RequestHead request,
      InputStream in,
      ProxyConnection connection,
      OutputStream out,
      IntConsumer onFinalStatus) {
    this.request = request;
    this.in = new BufferedInputStream(in);
    this.connection = connection;
    this.out = out;
    this.onFinalStatus = onFinalStatus;
  }

  /** Whether the client asked if it should send a body, and was told that it should not. */
  boolean refusedBeforeBody() {
    return refusedBeforeBody;
  }

  /** Returns whether the client may send another request by the same connection. */
  @Override
  public Boolean call() throws IOException {
    try {
      return relay();
    } catch (IOException e) {
      // Wakes the thread that waits for more of the body.
      connection.reset();
      throw e;
    }
  }

  private boolean relay() throws IOException {
    HttpHead head = next();
    boolean mayStillSend = !request.waitsForContinue();
    while (status(head) < 200) {
      // Interim answers go to the client even if the final one is to be dropped.
      connection.toClient().write(head.bytes());
      mayStillSend = true;
      head = next();
    }
    onFinalStatus.accept(status(head));
    if (mayStillSend) {
      out.write(head.bytes());
    } else {
      refusedBeforeBody = true;
      out.write(head.bytes(), 0, head.bytes().length - "\r\n".length());
      out.write(CLOSE);
    }
    relayBody(head);
    out.flush();
    if (!mayStillSend) {
      connection.endInPeace();
    }
    return mayStillSend && !closes(head) && hasEnd(head);
  }

  private HttpHead next() throws IOException {
    Optional<HttpHead> head = HttpHead.read(in);
    return head.orElseThrow(() -> new EOFException("no answer"));
  }

  private void relayBody(HttpHead head) throws IOException {
    HttpBody.Sink sink = (bytes, length, content) -> out.write(bytes, 0, length);
    if (isBodiless(head)) {
      return;
    }
    if (isChunked(head) || head.headers().containsKey("content-length")) {
      String length = head.headers().getOrDefault("content-length", "0");
      HttpBody.copy(in, isChunked(head), OptionalLong.of(Long.parseLong(length)), sink);
    } else {
      HttpBody.copyToEnd(in, sink);
    }
  }

  private boolean isBodiless(HttpHead head) throws IOException {
    return request.method().equals("HEAD") || Arrays.asList(204, 304).contains(status(head));
  }

  private boolean hasEnd(HttpHead head) throws IOException {
    return isBodiless(head) || isChunked(head) || head.headers().containsKey("content-length");
  }

  private static boolean isChunked(HttpHead head) {
    return "chunked".equalsIgnoreCase(head.headers().get("transfer-encoding"));
  }

  private static boolean closes(HttpHead head) {
    return "close".equalsIgnoreCase(head.headers().get("connection"));
  }

  private static int status(HttpHead head) throws IOException {
    return Integer.parseInt(head.word(1));
  }
}
