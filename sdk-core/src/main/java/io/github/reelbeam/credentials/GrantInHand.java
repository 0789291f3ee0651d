package io.github.reelbeam.credentials;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** A grant that came from elsewhere; good for one object, and so for one upload. */
final class GrantInHand implements CredentialsFetcher {
  private final UploadGrant grant;
  private final AtomicBoolean used = new AtomicBoolean();

  GrantInHand(UploadGrant grant) {
    this.grant = Objects.requireNonNull(grant, "grant");
  }

  @Override
  public UploadGrant issue(Request request) {
    if (used.getAndSet(true)) {
      throw failure("the grant for " + place() + " was used for another upload already", false);
    }
    return grant;
  }

  @Override
  public UploadGrant renew(Renewal renewal) {
    // what a resumed upload asks for is the grant again, as long as it is for the same object
    if (renewal.bucket().equals(grant.bucket())
        && renewal.key().equals(grant.key())
        && !used.getAndSet(true)) {
      return grant;
    }
    throw failure(
        "the credentials for "
            + place()
            + " came without a way to renew them; begin with a fresh"
            + " grant for the same key to go on",
        true);
  }

  @Override
  public String backend() {
    return "grant:" + place();
  }

  private String place() {
    return grant.bucket() + "/" + grant.key();
  }

  private static GrantException failure(String message, boolean resumable) {
    return new GrantException(
        message, new Details(null, Stage.GRANT, resumable, null), 0, null, null);
  }
}
