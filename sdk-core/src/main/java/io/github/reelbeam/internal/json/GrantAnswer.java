package io.github.reelbeam.internal.json;

import io.github.reelbeam.credentials.TemporaryCredentials;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a grant as the backend sent them: all there, but not judged yet.
 *
 * @param credentials the credentials
 * @param bucket the bucket
 * @param key the object's key
 * @param region the region
 * @param endpoint the store's URL, or null for AWS
 * @param pathStyleAccess whether the bucket goes into the path
 * @param renewalToken what the backend wants to see at a renewal, or null
 */
public record GrantAnswer(
    TemporaryCredentials credentials,
    String bucket,
    String key,
    String region,
    @Nullable URI endpoint,
    boolean pathStyleAccess,
    @Nullable String renewalToken) {

  /** Shows the object; secrets and tokens are left out. */
  @Override
  public String toString() {
    return "GrantAnswer[" + bucket + "/" + key + ", " + region + "]";
  }
}
