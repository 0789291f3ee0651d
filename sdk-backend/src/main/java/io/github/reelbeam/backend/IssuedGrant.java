package io.github.reelbeam.backend;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to upload one video: credentials, and where they are good for. {@code
 * toString()} redacts what is secret.
 *
 * @param credentials good for this one object, until they expire
 * @param region the bucket's
 * @param bucket the bucket
 * @param key the object's key, which no other object has; at most 1,024 bytes, as S3 has it
 * @param endpoint the store's, or null for AWS itself
 * @param pathStyleAccess whether the bucket goes into the path rather than into the host name
 * @param renewalToken asks for fresh credentials to the same key
 */
public record IssuedGrant(
    TemporaryCredentials credentials,
    String region,
    String bucket,
    String key,
    @Nullable URI endpoint,
    boolean pathStyleAccess,
    String renewalToken) {

  /** The body of the answer to a client: the grant of the wire contract, with all its secrets. */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("credentials")
        .put("AccessKeyId", credentials.accessKeyId())
        .put("SecretAccessKey", credentials.secretAccessKey())
        .put("SessionToken", credentials.sessionToken())
        // cut, never rounded up: the client must not rely on them for longer than the store does
        .put("Expiration", credentials.expiration().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("region", region)
        .put("bucket", bucket);
    json.put("key", key);
    if (endpoint != null) {
      json.put("endpoint", endpoint.toString());
    }
    if (pathStyleAccess) {
      json.put("pathStyleAccess", true);
    }
    json.put("renewalToken", renewalToken);
    return json.toString();
  }

  @Override
  public String toString() {
    return "IssuedGrant[" + bucket + "/" + key + ", " + credentials + ", renewalToken redacted]";
  }
}
