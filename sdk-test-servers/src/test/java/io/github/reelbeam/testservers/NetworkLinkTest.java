package io.github.reelbeam.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.LinkFault.Direction;
import io.github.reelbeam.testservers.NetworkLink.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkLinkTest {
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  private final List<AutoCloseable> toClose = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : toClose) {
      each.close();
    }
  }

  private SocketServer server(SocketServer.Talk talk) {
    SocketServer server = new SocketServer(talk);
    toClose.add(server);
    return server;
  }

  /** Says nothing by itself, and ends when the client does. */
  private SocketServer sink() {
    return server(out -> {});
  }

  private NetworkLink start(NetworkLink.Builder builder) {
    NetworkLink link = builder.start();
    toClose.add(link);
    return link;
  }

  private NetworkLink faulty(SocketServer server, LinkFault fault) {
    return start(NetworkLink.builder(server.uri()).faults(connection -> fault));
  }

  private Socket connect(NetworkLink link) throws IOException {
    Socket socket = new Socket();
    toClose.add(socket);
    socket.connect(Loopback.port(link.uri().getPort()));
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Sends, says that this is all, and waits until the server has said so too. */
  private void send(NetworkLink link, int bytes) {
    try {
      Socket socket = connect(link);
      socket.getOutputStream().write(new byte[bytes]);
      socket.shutdownOutput();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How long it takes to send from so many connections at once. */
  private Duration sendBeside(NetworkLink link, int connections, int bytesOfEach) {
    long start = System.nanoTime();
    List<CompletableFuture<Void>> all =
        IntStream.range(0, connections)
            .mapToObj(i -> S3Clients.beside(() -> send(link, bytesOfEach)))
            .toList();
    all.forEach(CompletableFuture::join);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void carriesBothWaysAndCounts() throws IOException {
    SocketServer server = server(out -> out.write(S3Clients.randomBytes(200_000)));
    NetworkLink link = start(NetworkLink.builder(server.uri()));
    Socket socket = connect(link);
    socket.getOutputStream().write(new byte[100_000]);
    assertThat(socket.getInputStream().readNBytes(200_000))
        .isEqualTo(S3Clients.randomBytes(200_000));
    await().until(() -> server.received() == 100_000);
    send(link, 5);
    assertThat(link.connections()).isEqualTo(2);
    assertThat(link.traffic().get(0)).isEqualTo(new Traffic(100_000, 200_000));
    assertThat(link.bytesUp()).isEqualTo(100_005);
  }

  @Test
  void isFastIfItIsNotLimited() {
    SocketServer server = sink();
    assertThat(sendBeside(start(NetworkLink.builder(server.uri())), 1, 64 * MIB))
        .isLessThan(Duration.ofSeconds(10));
    assertThat(server.received()).isEqualTo(64 * MIB);
  }

  @Test
  void delaysBothWaysWithoutHoldingUpWhatFollows() {
    SocketServer server = sink();
    NetworkLink link = start(NetworkLink.builder(server.uri()).latency(Duration.ofMillis(150)));
    assertThat(sendBeside(link, 1, 2 * MIB))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
    assertThat(server.received()).isEqualTo(2 * MIB);
  }

  @Test
  void limitsEachConnectionByItself() {
    SocketServer server = sink();
    NetworkLink link = start(NetworkLink.builder(server.uri()).bytesPerSecondOfEach(MIB));
    assertThat(sendBeside(link, 8, MIB / 2))
        .isBetween(Duration.ofMillis(480), Duration.ofSeconds(3));
  }

  @Test
  void limitsAllConnectionsTogetherAndGivesEachItsShare() {
    SocketServer server = sink();
    NetworkLink link = start(NetworkLink.builder(server.uri()).bytesPerSecond(4 * MIB));
    CompletableFuture<Void> all = S3Clients.beside(() -> sendBeside(link, 4, 4 * MIB));
    await().until(() -> moving(link) == 4);
    long start = System.nanoTime();
    List<Traffic> before = link.traffic();
    long total = link.bytesUp();
    await().until(() -> link.bytesUp() > total + 2 * MIB);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
    List<Traffic> after = link.traffic();
    for (int i = 0; i < 4; i++) {
      assertThat(after.get(i).bytesUp() - before.get(i).bytesUp()).isGreaterThan(256 * KIB);
    }
    assertThat(all).isNotDone();
  }

  private static long moving(NetworkLink link) {
    return link.traffic().stream().filter(each -> each.bytesUp() > 0).count();
  }

  @Test
  void resetsOnTheWayUp() throws IOException {
    SocketServer server = sink();
    NetworkLink link = faulty(server, new LinkFault.ResetAfter(Direction.UP, 100_000));
    Socket socket = connect(link);
    assertThatIOException()
        .isThrownBy(
            () -> {
              socket.getOutputStream().write(new byte[8 * MIB]);
              socket.getInputStream().read();
            });
    assertThat(link.bytesUp()).isEqualTo(100_000);
    assertThat(server.received()).isLessThanOrEqualTo(100_000);
    assertThat(server.ends()).isZero();
  }

  @Test
  void resetsOnTheWayDown() throws IOException {
    NetworkLink link =
        faulty(
            server(out -> out.write(new byte[MIB])),
            new LinkFault.ResetAfter(Direction.DOWN, 100_000));
    InputStream in = connect(link).getInputStream();
    assertThatIOException().isThrownBy(in::readAllBytes).withMessageContaining("reset");
    assertThat(link.bytesDown()).isEqualTo(100_000);
  }

  @Test
  void stallsOnTheWayUpWhileTheOtherWayGoesOn() throws IOException {
    SocketServer server = server(out -> out.write(new byte[MIB]));
    NetworkLink link = faulty(server, new LinkFault.StallAfter(Direction.UP, 100_000));
    Socket socket = connect(link);
    CompletableFuture<Void> sending =
        S3Clients.beside(
            () -> {
              try {
                socket.getOutputStream().write(new byte[64 * MIB]);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(socket.getInputStream().readNBytes(MIB)).hasSize(MIB);
    await().until(() -> server.received() == 100_000);
    assertThat(sending).isNotDone();
    assertThat(link.bytesUp()).isEqualTo(100_000);
  }

  @Test
  void stallsOnTheWayDown() throws IOException {
    SocketServer server = server(out -> out.write(new byte[MIB]));
    NetworkLink link = faulty(server, new LinkFault.StallAfter(Direction.DOWN, 1000));
    Socket socket = connect(link);
    socket.setSoTimeout(300);
    assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.getOutputStream().write(new byte[5]);
    await().until(() -> server.received() == 5);
  }

  @Test
  void endsInOrderThoughTheClientStillSends() throws IOException {
    SocketServer server = server(out -> out.write(new byte[MIB]));
    NetworkLink link = faulty(server, new LinkFault.EndAfter(Direction.DOWN, 1000));
    Socket socket = connect(link);
    assertThat(socket.getInputStream().readAllBytes()).hasSize(1000);
    socket.getOutputStream().write(new byte[MIB]);
    socket.shutdownOutput();
    await().until(() -> link.bytesUp() == MIB);
    await().until(() -> server.ends() == 1);
  }

  @Test
  void resetsAtOnce() throws IOException {
    SocketServer server = sink();
    NetworkLink link = faulty(server, new LinkFault.Refuse());
    assertThatIOException().isThrownBy(() -> connect(link).getInputStream().read());
    assertThat(server.connections()).isZero();
  }

  @Test
  void takesAConnectionAndSaysNothing() throws IOException {
    SocketServer server = server(out -> out.write(1));
    NetworkLink link = faulty(server, new LinkFault.Silence());
    Socket socket = connect(link);
    socket.setSoTimeout(300);
    socket.getOutputStream().write(1);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(server.connections()).isZero();
    assertThat(link.bytesUp()).isZero();
  }

  @Test
  void asksForTheFaultOfEachConnectionByItsNumber() throws IOException {
    SocketServer server = sink();
    NetworkLink link =
        start(
            NetworkLink.builder(server.uri())
                .faults(number -> number == 2 ? new LinkFault.Refuse() : LinkFault.none()));
    send(link, 1);
    assertThatIOException().isThrownBy(() -> connect(link).getInputStream().read());
    send(link, 1);
    assertThat(server.received()).isEqualTo(2);
  }

  @Test
  void goesOfflineAndComesBackOnTheSamePort() throws IOException {
    SocketServer server = sink();
    NetworkLink link = start(NetworkLink.builder(server.uri()));
    Socket socket = connect(link);
    socket.getOutputStream().write(1);
    await().until(() -> server.received() == 1);
    link.goOffline();
    assertThatIOException().isThrownBy(() -> socket.getInputStream().read());
    assertThatThrownBy(() -> connect(link)).isInstanceOf(ConnectException.class);
    link.goOnline();
    send(link, 1);
  }

  @Test
  void passesTheEndOfTheServerOn() throws IOException {
    SocketServer server = sink();
    server.close();
    NetworkLink link = start(NetworkLink.builder(server.uri()));
    assertThatIOException().isThrownBy(() -> connect(link).getInputStream().read());
  }
}
