package io.github.reelbeam.internal.http;

import io.github.reelbeam.internal.json.ErrorJson;
import io.github.reelbeam.internal.text.OneLine;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Puts into words how a request to the backend ended: what happened, and what to do.
 *
 * @param url the URL without its query
 */
record Refusals(String url) {
  /** A status line that is none is quoted by the failure, and may be of any length. */
  private static final int LONGEST_WORDS = 300;

  BackendException unanswered(int attempts, IOException failure) {
    String untrusted = UntrustedServer.words(failure, HttpUrl.get(url).host()).orElse(null);
    if (untrusted != null) {
      return BackendException.unanswered(
          url
              + " was not trusted with the request: "
              + untrusted
              + " ("
              + times(attempts)
              + "); resume once that is set right",
          failure);
    }
    if (failure instanceof ProxyRefusedException) {
      return BackendException.unanswered(
          url + " could not be reached: " + failure.getMessage() + "; resume once it has one",
          failure);
    }
    String what =
        Connectivity.isUnreachable(failure) ? " could not be reached" : " gave no whole answer";
    return BackendException.unanswered(
        url
            + what
            + " ("
            + times(attempts)
            + ", last "
            + OneLine.of(failure.toString(), LONGEST_WORDS)
            + "); resume when the backend can be reached",
        failure);
  }

  BackendException stillRefused(
      int attempts, BackendAnswer answer, ErrorJson error, Duration hint) {
    String when = hint.isZero() ? "later" : "in " + hint.toMillis() / 1000 + " seconds, as it asks";
    return BackendException.refused(
        url + " answered " + words(answer, error) + " (" + times(attempts) + "); resume " + when,
        answer,
        error.code(),
        true);
  }

  BackendException finalAnswer(BackendAnswer answer, ErrorJson error) {
    String said = url + " answered " + words(answer, error) + "; ";
    if (answer.status() == 401) {
      // neither request nor backend are at fault: the person signs in again, and goes on
      return BackendException.refused(
          said + "resume with an authorization that it accepts", answer, error.code(), true);
    }
    String advice =
        answer.isRedirect()
            ? "redirects are not followed: configure the URL it leads to" + target(answer)
            : "it will not take this request later either: look at the request and the backend";
    return BackendException.refused(said + advice, answer, error.code(), false);
  }

  BackendException tooLong(BackendAnswer answer) {
    return BackendException.refused(
        url
            + " answered "
            + answer.status()
            + " with more than 1 MiB; the backend has to keep to the wire contract",
        answer,
        null,
        false);
  }

  private static String words(BackendAnswer answer, ErrorJson error) {
    return answer.status()
        + (error.code() == null ? "" : " " + error.code())
        + (error.message() == null ? "" : " (" + error.message() + ")");
  }

  private static String times(int attempts) {
    return attempts == 1 ? "1 attempt" : attempts + " attempts";
  }

  /** Scheme and host only: the rest of a redirect may be a login with a ticket in it. */
  private static String target(BackendAnswer answer) {
    String host = host(answer.location());
    return host == null ? "" : " (" + host + ")";
  }

  private static @Nullable String host(@Nullable String location) {
    try {
      URI uri = location == null ? null : URI.create(location);
      return uri == null || uri.getHost() == null
          ? null
          : OneLine.of(uri.getScheme() + "://" + uri.getHost(), LONGEST_WORDS);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
