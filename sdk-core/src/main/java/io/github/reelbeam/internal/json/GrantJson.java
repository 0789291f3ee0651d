package io.github.reelbeam.internal.json;

import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.TemporaryCredentials;

/** The documents with which a grant is asked for, renewed and given. */
public final class GrantJson {
  private GrantJson() {}

  /** Writes what the backend is told about a video before it gives leave. */
  public static byte[] issueRequest(CredentialsFetcher.Request request) {
    return Json.write(
        Json.object()
            .put("fileName", request.fileName())
            .put("contentType", request.contentType())
            .put("size", request.size())
            .put("metadata", Json.object(request.metadata())));
  }

  /** Writes for which object fresh credentials are wanted. */
  public static byte[] renewalRequest(CredentialsFetcher.Renewal renewal) {
    return Json.write(
        Json.object().put("key", renewal.key()).putIfThere("renewalToken", renewal.token()));
  }

  /**
   * Reads a grant. Fields that are not known are passed over.
   *
   * @throws MalformedJsonException naming the first field that is missing or of another kind
   */
  public static GrantAnswer read(byte[] document) throws MalformedJsonException {
    Fields grant = Json.readObject(document);
    Fields credentials = grant.object("credentials");
    return new GrantAnswer(
        new TemporaryCredentials(
            credentials.text("AccessKeyId"),
            credentials.text("SecretAccessKey"),
            credentials.text("SessionToken"),
            credentials.instant("Expiration")),
        credentials.text("bucket"),
        grant.text("key"),
        credentials.text("region"),
        grant.optionalUri("endpoint"),
        grant.has("pathStyleAccess") && grant.flag("pathStyleAccess"),
        grant.optionalText("renewalToken"));
  }
}
