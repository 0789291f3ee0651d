package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.CredentialsFetcher.Renewal;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.fuzz.Check;
import io.github.reelbeam.internal.http.HostPattern;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What an upload does with a grant before it sends anything to the store. */
public final class GrantUse {
  private static final String STORE = "s3.example.com";
  private static final AllowedStores ANY =
      new AllowedStores(TransferOptions.defaults(), false, List.of());
  private static final AllowedStores ONE =
      new AllowedStores(TransferOptions.defaults(), false, List.of(HostPattern.of(STORE)));

  private GrantUse() {}

  /** Checks where it leads to, and that its credentials can be held and run out. */
  public static void use(UploadGrant grant, String... secrets) {
    if (isAllowed(ANY, grant, secrets)) {
      URI endpoint = grant.endpoint().orElse(null);
      Check.that(
          endpoint == null
              || "https".equalsIgnoreCase(endpoint.getScheme())
              || isLoopback(endpoint.getHost()),
          "a token would go over plain http: " + endpoint);
    }
    if (isAllowed(ONE, grant, secrets)) {
      URI endpoint = grant.endpoint().orElseThrow();
      Check.that(
          "https".equalsIgnoreCase(endpoint.getScheme())
              && STORE.equalsIgnoreCase(endpoint.getHost())
              && (endpoint.getPort() == -1 || endpoint.getPort() == 443),
          "a store that is not allowed: " + endpoint);
    }
    hold(grant);
  }

  private static boolean isAllowed(AllowedStores stores, UploadGrant grant, String... secrets) {
    try {
      stores.check(grant);
      return true;
    } catch (GrantException refused) {
      Check.failure(refused, secrets);
      return false;
    }
  }

  private static boolean isLoopback(String host) {
    return host.matches("127(\\.[0-9]+){3}|\\[[0:]*:0*1]") || host.equalsIgnoreCase("localhost");
  }

  private static void hold(UploadGrant grant) {
    AtomicLong time = new AtomicLong();
    AtomicLong renewals = new AtomicLong();
    CredentialsFetcher fetcher =
        new CredentialsFetcher() {
          @Override
          public UploadGrant issue(Request request) {
            throw new AssertionError("not asked for");
          }

          @Override
          public UploadGrant renew(Renewal renewal) {
            renewals.incrementAndGet();
            return grant;
          }
        };
    GrantSession session =
        new GrantSession(
            fetcher,
            new Renewal(grant.bucket(), grant.key(), null),
            Runnable::run,
            time::get,
            fresh -> {});
    session.accept(grant);
    Check.that(
        session.credentials().join().equals(grant.credentials()) && renewals.get() == 0,
        "fresh credentials are not used");
    time.set(Long.MAX_VALUE);
    session.credentials().join();
  }
}
