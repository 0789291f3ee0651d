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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Carries the server's answer back, while the request's body may still be on its way. */
final class ProxyResponse implements Callable<Boolean> {

  /** Told of the answer before the client sees any of it. */
  interface FinalStatus {
    void accept(int status) throws IOException;
  }

  private static final byte[] CLOSE = "Connection: close\r\n\r\n".getBytes(US_ASCII);

  private final RequestHead request;
  private final InputStream in;
  private final ProxyConnection connection;
  private final OutputStream interimOut;
  private final OutputStream out;
  private final long mostOfBody;
  private final FinalStatus onFinalStatus;
  private long passedOn;
  private volatile boolean refusedBeforeBody;

  ProxyResponse(
      RequestHead request,
      InputStream in,
      ProxyConnection connection,
      OutputStream interimOut,
      OutputStream out,
      long mostOfBody,
      FinalStatus onFinalStatus) {
    this.request = request;
    this.in = new BufferedInputStream(in);
    this.connection = connection;
    this.interimOut = interimOut;
    this.out = out;
    this.mostOfBody = mostOfBody;
    this.onFinalStatus = onFinalStatus;
  }

  /** What sends the request's body. */
  interface Body {
    void send() throws IOException;
  }

  /**
   * Relays the answer while the body is sent, since "100 Continue" and early refusals come before
   * its end. Returns whether the client may send another request by the same connection.
   */
  boolean whileSending(Body body, ExecutorService threads) throws IOException {
    Future<Boolean> relaying = threads.submit(this);
    body.send();
    try {
      return relaying.get();
    } catch (ExecutionException e) {
      throw new IOException("no answer from the server", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
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
      interimOut.write(head.bytes());
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
    boolean whole = mostOfBody == Long.MAX_VALUE;
    return mayStillSend && whole && !closes(head) && hasEnd(head);
  }

  private HttpHead next() throws IOException {
    Optional<HttpHead> head = HttpHead.read(in);
    return head.orElseThrow(() -> new EOFException("no answer"));
  }

  private void relayBody(HttpHead head) throws IOException {
    HttpBody.Sink sink = this::passOn;
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

  private void passOn(byte[] bytes, int length, int content) throws IOException {
    long left = mostOfBody - passedOn;
    if (left > 0) {
      out.write(bytes, 0, content > 0 ? (int) Math.min(length, left) : length);
      passedOn += content;
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
