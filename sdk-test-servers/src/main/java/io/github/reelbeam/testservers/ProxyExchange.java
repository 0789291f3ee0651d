package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.reelbeam.testservers.ProxiedRequest.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/** One request through a {@link FaultProxy}, and what the script makes of it. */
final class ProxyExchange {

  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1);
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
    if (fault instanceof Fault.RawAnswer answer) {
      return answer(answer);
    }
    if (fault instanceof Fault.Duplicate) {
      return twice(raw, threads);
    }
    if (fault instanceof Fault.Delay delay) {
      connection.pause(delay.by());
    }
    if (fault instanceof Fault.HoldRequest hold) {
      connection.hold(hold.atMost());
    }
    Socket server = connection.connectToServer();
    try {
      return pass(raw, fault, server, threads);
    } finally {
      connection.disconnect(server);
    }
  }

  private boolean answer(Fault.Answer answer) throws IOException {
    boolean keepAlive = takeBody();
    send(answer, keepAlive);
    return keepAlive;
  }

  private boolean answer(Fault.RawAnswer answer) throws IOException {
    takeBody();
    outcome = Outcome.ANSWERED;
    record();
    OutputStream out = connection.toClient();
    out.write(answer.characters().getBytes(ISO_8859_1));
    out.flush();
    return false;
  }

  /** Returns whether there can be another request after it. */
  private boolean takeBody() throws IOException {
    // A client that waits for "100 Continue" sends no body after a final answer.
    if (head.waitsForContinue()) {
      return false;
    }
    HttpBody.copy(
        in, head.isChunked(), head.contentLength(), (bytes, length, content) -> count(content));
    return true;
  }

  /** Sends what the script says to the client. */
  private void send(Fault.Answer answer, boolean keepAlive) throws IOException {
    status = answer.status();
    outcome = Outcome.ANSWERED;
    record();
    new ScriptedAnswer(answer)
        .write(connection.toClient(), keepAlive, head.method().equals("HEAD"));
  }

  private boolean twice(HttpHead raw, ExecutorService threads) throws IOException {
    if (head.waitsForContinue()) {
      connection.toClient().write(CONTINUE);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(raw.bytes());
    HttpBody.copy(
        in,
        head.isChunked(),
        head.contentLength(),
        (bytes, length, content) -> {
          count(content);
          whole.write(bytes, 0, length);
        });
    WholeRequest request = new WholeRequest(head, whole.toByteArray(), connection, threads);
    request.send(OutputStream.nullOutputStream(), unused -> {});
    return request.send(
        connection.toClient(), serverStatus -> answered(serverStatus, Fault.pass()));
  }

  private boolean pass(HttpHead raw, Fault fault, Socket server, ExecutorService threads)
      throws IOException {
    OutputStream toServer = server.getOutputStream();
    toServer.write(raw.bytes());
    long mostOfAnswer =
        fault instanceof Fault.TruncateResponse cut ? cut.bodyBytes() : Long.MAX_VALUE;
    ProxyResponse response =
        new ProxyResponse(
            head,
            server.getInputStream(),
            connection,
            connection.toClient(),
            answerTo(fault),
            mostOfAnswer,
            serverStatus -> answered(serverStatus, fault));
    boolean reusable = response.whileSending(() -> passBody(toServer, fault, response), threads);
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

  private void passBody(OutputStream toServer, Fault fault, ProxyResponse response)
      throws IOException {
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
  }

  private OutputStream answerTo(Fault fault) throws IOException {
    if (keepsAnswer(fault)) {
      return OutputStream.nullOutputStream();
    }
    return fault instanceof Fault.SlowResponse slow
        ? new DrippingOutput(connection.toClient(), connection, slow.bytesPerSecond())
        : connection.toClient();
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
  private void answered(int serverStatus, Fault fault) throws IOException {
    if (fault instanceof Fault.HoldAnswer hold) {
      connection.hold(hold.atMost());
    }
    boolean dropped = keepsAnswer(fault);
    status = dropped ? 0 : serverStatus;
    outcome = dropped || fault instanceof Fault.TruncateResponse ? Outcome.CUT : Outcome.PASSED;
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
}
