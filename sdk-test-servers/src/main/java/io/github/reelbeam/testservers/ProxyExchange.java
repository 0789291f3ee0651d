package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reelbeam.testservers.ProxiedRequest.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** One request through a {@link FaultProxy}, and what the script makes of it. */
final class ProxyExchange {

  private static final Duration UNTIL_CLOSED = Duration.ofDays(1);

  private final FaultProxy proxy;
  private final ProxyConnection connection;
  private final RequestHead head;
  private final InputStream in;
  private final long startNanos = System.nanoTime();
  private volatile long bodyBytes;
  private volatile int status;
  private volatile Outcome outcome = Outcome.BROKEN;
  private boolean recorded;
  private boolean serverListens = true;

  ProxyExchange(FaultProxy proxy, ProxyConnection connection, RequestHead head, InputStream in) {
    this.proxy = proxy;
    this.connection = connection;
    this.head = head;
    this.in = in;
  }

  synchronized void record() {
    if (!recorded) {
      recorded = true;
      proxy.record(new ProxiedRequest(head, bodyBytes, status, outcome));
    }
  }

  /** Returns whether the connection can take another request. */
  boolean run(HttpHead raw, Fault fault, ExecutorService threads) throws IOException {
    if (fault instanceof Fault.Answer answer) {
      return answer(answer);
    }
    if (fault instanceof Fault.Delay delay) {
      connection.pause(delay.by());
    }
    Socket server = connection.connectToServer();
    try {
      return pass(raw, fault, server, threads);
    } finally {
      connection.disconnect(server);
    }
  }

  private boolean answer(Fault.Answer answer) throws IOException {
    // A client that waits for "100 Continue" sends no body after this answer.
    boolean keepAlive = !head.waitsForContinue();
    if (keepAlive) {
      HttpBody.copy(
          in, head.isChunked(), head.contentLength(), (bytes, length, content) -> count(content));
    }
    send(answer, keepAlive);
    return keepAlive;
  }

  /** Sends what the script says to the client. */
  private void send(Fault.Answer answer, boolean keepAlive) throws IOException {
    byte[] body = answer.body().getBytes(UTF_8);
    StringBuilder text = new StringBuilder("HTTP/1.1 " + answer.status() + " Scripted\r\n");
    answer.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    text.append("Content-Type: application/xml\r\nContent-Length: " + body.length + "\r\n");
    text.append(keepAlive ? "\r\n" : "Connection: close\r\n\r\n");
    status = answer.status();
    outcome = Outcome.ANSWERED;
    record();
    OutputStream out = connection.toClient();
    out.write(text.toString().getBytes(UTF_8));
    if (!head.method().equals("HEAD")) {
      out.write(body);
    }
    out.flush();
  }

  private boolean pass(HttpHead raw, Fault fault, Socket server, ExecutorService threads)
      throws IOException {
    OutputStream toServer = server.getOutputStream();
    toServer.write(raw.bytes());
    OutputStream answerTo =
        keepsAnswer(fault) ? OutputStream.nullOutputStream() : connection.toClient();
    ProxyResponse response =
        new ProxyResponse(
            head, server.getInputStream(), connection, answerTo, status -> answered(status, fault));
    // Beside the body, since "100 Continue" and early refusals come before its end.
    Future<Boolean> relaying = threads.submit(response);
    try {
      HttpBody.copy(
          in,
          head.isChunked(),
          head.contentLength(),
          (bytes, length, content) -> passPiece(toServer, bytes, length, content, fault));
    } catch (IOException e) {
      if (!response.refusedBeforeBody()) {
        throw e;
      }
    }
    boolean reusable = get(relaying);
    if (fault instanceof Fault.DropResponse) {
      record();
      connection.reset();
      return false;
    }
    if (fault instanceof Fault.StallResponse) {
      record();
      connection.pause(UNTIL_CLOSED);
      return false;
    }
    if (fault instanceof Fault.AnswerAfterEffect after) {
      send(after.answer(), reusable);
    }
    return reusable;
  }

  /** Whether the client is not to see what the server answers. */
  private static boolean keepsAnswer(Fault fault) {
    return fault instanceof Fault.DropResponse
        || fault instanceof Fault.StallResponse
        || fault instanceof Fault.AnswerAfterEffect;
  }

  /**
   * Notes the answer just before the client sees it, so that a client which has its answer also
   * finds its request in the record. Where the server refused before the end of the body, the
   * record waits for the rest.
   */
  private void answered(int serverStatus, Fault fault) {
    boolean dropped = keepsAnswer(fault);
    status = dropped ? 0 : serverStatus;
    outcome = dropped ? Outcome.CUT : Outcome.PASSED;
    if (fault instanceof Fault.AnswerAfterEffect) {
      // it is recorded with the answer that the client gets
      return;
    }
    if (!head.isChunked() && bodyBytes >= head.contentLength().orElse(0)) {
      record();
    }
  }

  private void passPiece(OutputStream toServer, byte[] bytes, int length, int content, Fault fault)
      throws IOException {
    long limit = limit(fault);
    int taken = (int) Math.min(length, Math.max(0, limit - bodyBytes));
    if (content > 0) {
      count(taken);
    }
    if (bodyBytes >= limit) {
      cut(fault);
    }
    if (serverListens) {
      try {
        toServer.write(bytes, 0, length);
      } catch (IOException e) {
        // It has refused the request. Reading on lets the client get to that answer.
        serverListens = false;
      }
    }
    if (fault instanceof Fault.LimitRate rate) {
      keepTo(rate.bytesPerSecond());
    }
  }

  private static long limit(Fault fault) {
    if (fault instanceof Fault.ResetAfter reset) {
      return reset.bodyBytes();
    }
    return fault instanceof Fault.StallAfter stall ? stall.bodyBytes() : Long.MAX_VALUE;
  }

  private void cut(Fault fault) throws IOException {
    outcome = Outcome.CUT;
    record();
    if (fault instanceof Fault.StallAfter) {
      connection.pause(UNTIL_CLOSED);
    }
    connection.reset();
    throw new IOException("cut, as the script says");
  }

  private void keepTo(long bytesPerSecond) throws IOException {
    long due = (long) (bodyBytes * 1e9 / bytesPerSecond);
    long early = due - (System.nanoTime() - startNanos);
    if (early > 0) {
      connection.pause(Duration.ofNanos(early));
    }
  }

  private synchronized void count(int content) {
    bodyBytes += content;
    proxy.count(content);
  }

  private static boolean get(Future<Boolean> relaying) throws IOException {
    try {
      return relaying.get();
    } catch (ExecutionException e) {
      throw new IOException("no answer from the server", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
