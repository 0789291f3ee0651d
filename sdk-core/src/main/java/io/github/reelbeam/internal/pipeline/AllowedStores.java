package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.internal.http.HostName;
import io.github.reelbeam.internal.http.HostPattern;
import io.github.reelbeam.internal.text.OneLine;
import io.github.reelbeam.internal.transfer.AwsEndpoint;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * To which stores a session token and a video may go. Where they go is said by the backend, or by a
 * file of the journal, and neither may be what it was. Immutable.
 */
public final class AllowedStores {
  /** A host that can be resolved has 253 characters at most. */
  private static final int LONGEST_HOST = 255;

  private final TransferOptions options;
  private final boolean cleartext;
  private final List<HostPattern> list;

  /**
   * @param options which may have an endpoint that goes before all others
   * @param cleartext whether plain http may leave this machine
   * @param list the only hosts allowed; all if it is empty
   * @throws IllegalArgumentException if the endpoint of the options is not allowed
   */
  public AllowedStores(TransferOptions options, boolean cleartext, List<HostPattern> list) {
    this.options = options;
    this.cleartext = cleartext;
    this.list = List.copyOf(list);
    URI own = options.endpoint().orElse(null);
    if (own != null && !isPrivate(own, options.pathStyleAccess().orElse(false))) {
      throw new IllegalArgumentException("the endpoint of the transfer options, " + openly(own));
    }
  }

  /**
   * Checks where a grant leads to.
   *
   * @throws GrantException if nothing may be sent there
   */
  void check(UploadGrant grant) {
    check(grant.customEndpoint(), grant.region(), grant.bucket(), grant.pathStyleAccess());
  }

  /**
   * Checks where an upload of the journal leads to.
   *
   * @throws GrantException if nothing may be sent there
   */
  void check(Target target) {
    check(target.endpoint(), target.region(), target.bucket(), target.pathStyleAccess());
  }

  private void check(@Nullable URI named, String region, String bucket, boolean pathStyle) {
    if (options.endpoint().isPresent()) {
      // the app's own word; where the backend sees the store is not used
      return;
    }
    if (named != null && !isEndpoint(named)) {
      throw refused("the grant's endpoint is not an http or https URL with just a host");
    }
    URI endpoint = named == null ? AwsEndpoint.of(region).orElse(null) : named;
    if (endpoint == null) {
      throw refused("the grant's region is not a name that a region of AWS can have");
    }
    if (!isPrivate(endpoint, options.pathStyleAccess().orElse(pathStyle))) {
      throw refused("the grant's endpoint, " + openly(endpoint));
    }
    if (!list.isEmpty() && named == null && AwsEndpoint.isElsewhere(bucket)) {
      throw refused(
          "the grant's bucket, "
              + OneLine.of(bucket, LONGEST_HOST)
              + ", is an access point or a directory bucket, which has a host of its own, and the"
              + " app allows only hosts that it names: let the grant name its endpoint");
    }
    if (!list.isEmpty() && list.stream().noneMatch(pattern -> pattern.matches(endpoint))) {
      throw refused(
          "the grant's endpoint, "
              + shown(endpoint)
              + ", is none of those that the app allows: look at the backend, and only if this is"
              + " the store that you want, add "
              + authority(endpoint)
              + " to VideoUploader.Builder.allowedEndpoints(...)");
    }
  }

  private static boolean isEndpoint(URI uri) {
    return (isScheme(uri, "http") || isScheme(uri, "https"))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  private static boolean isScheme(URI uri, String scheme) {
    return scheme.equalsIgnoreCase(uri.getScheme());
  }

  /** Whether nobody on the way can read along: by TLS, or because there is no way. */
  private boolean isPrivate(URI endpoint, boolean pathStyle) {
    if (cleartext || isScheme(endpoint, "https")) {
      return true;
    }
    // with the bucket in front, localhost is a name that a resolver may send anywhere
    boolean asItIs = pathStyle || !"localhost".equalsIgnoreCase(endpoint.getHost());
    return asItIs && HostName.isLoopback(endpoint.getHost());
  }

  private static String openly(URI endpoint) {
    return shown(endpoint)
        + ", would get session tokens and videos over plain http, for all on the way to read:"
        + " use https (or, for localhost, path-style access), or call"
        + " VideoUploader.Builder.allowCleartext() if that network is trusted";
  }

  private static String shown(URI endpoint) {
    return endpoint.getScheme().toLowerCase(Locale.ROOT) + "://" + authority(endpoint);
  }

  private static String authority(URI endpoint) {
    return OneLine.of(endpoint.getHost(), LONGEST_HOST)
        + (endpoint.getPort() == -1 ? "" : ":" + endpoint.getPort());
  }

  private static GrantException refused(String problem) {
    return new GrantException(
        problem + ". Nothing is sent there.",
        new Details(null, Stage.GRANT, false, null),
        0,
        null,
        null);
  }
}
