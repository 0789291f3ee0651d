package io.github.reelbeam.internal.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells being offline from all other failures. Whoever cannot reach the other side waits for a
 * network; whoever was heard and refused, or was cut off in the middle, has spent an attempt.
 */
public final class Connectivity {
  /** What the kernels of Linux, Android, macOS and Windows say through a bare SocketException. */
  private static final List<String> UNREACHABLE =
      List.of(
          "network is unreachable",
          "network unreachable",
          "network is down",
          "host is unreachable",
          "host is down",
          "no route to host",
          "enetunreach",
          "enetdown",
          "ehostunreach",
          "ehostdown",
          "econnrefused");

  /** A time-out is one of the connect, and not of an answer, only by its words. */
  private static final List<String> CONNECT_TIMED_OUT =
      List.of("connect timed out", "connection timed out", "failed to connect");

  private Connectivity() {}

  /**
   * Whether the failure, or what led to it, says that the other side cannot be reached from here
   * now: no name service, no route, nobody listening.
   */
  public static boolean isUnreachable(Throwable failure) {
    return Causes.of(failure).stream().anyMatch(Connectivity::saysUnreachable);
  }

  private static boolean saysUnreachable(Throwable failure) {
    if (failure instanceof UnknownHostException
        || failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof PortUnreachableException
        || failure instanceof UnresolvedAddressException) {
      return true;
    }
    if (failure instanceof SocketTimeoutException) {
      return contains(failure.getMessage(), CONNECT_TIMED_OUT);
    }
    return failure instanceof SocketException && contains(failure.getMessage(), UNREACHABLE);
  }

  private static boolean contains(@Nullable String message, List<String> words) {
    if (message == null) {
      return false;
    }
    String lower = message.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }
}
