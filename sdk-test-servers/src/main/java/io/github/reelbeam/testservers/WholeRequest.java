package io.github.reelbeam.testservers;

import io.github.reelbeam.testservers.ProxyResponse.FinalStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ExecutorService;

/** A request that has been taken to its last byte, and can be sent as often as one likes. */
final class WholeRequest {

  private final RequestHead head;
  private final byte[] bytes;
  private final ProxyConnection connection;
  private final ExecutorService threads;

  WholeRequest(
      RequestHead head, byte[] bytes, ProxyConnection connection, ExecutorService threads) {
    // Nobody waits for "100 Continue" any more.
    this.head = head.withoutExpectation();
    this.bytes = bytes;
    this.connection = connection;
    this.threads = threads;
  }

  /** Sends it by a connection of its own; returns whether the client can send another request. */
  boolean send(OutputStream answerTo, FinalStatus onStatus) throws IOException {
    Socket server = connection.connectToServer();
    try {
      ProxyResponse response =
          new ProxyResponse(
              head,
              server.getInputStream(),
              connection,
              OutputStream.nullOutputStream(),
              answerTo,
              Long.MAX_VALUE,
              onStatus);
      return response.whileSending(
          () -> {
            try {
              server.getOutputStream().write(bytes);
            } catch (IOException e) {
              // It has refused the request before the end of the body, and its answer says why.
            }
          },
          threads);
    } finally {
      connection.disconnect(server);
    }
  }
}
