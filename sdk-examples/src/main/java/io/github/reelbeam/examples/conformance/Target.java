package io.github.reelbeam.examples.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The backend to check, and what to check it with.
 *
 * @param base the URL that the paths are added to
 * @param paths of the three endpoints
 * @param token the user's bearer token, or null if the backend asks for none
 * @param otherToken the bearer token of another user, or null
 * @param video the file to upload; more than 5 MiB, so that it has two parts
 * @param contentType its media type
 * @param timeout how long to wait for each answer
 */
public record Target(
    URI base,
    Paths paths,
    @Nullable String token,
    @Nullable String otherToken,
    Path video,
    String contentType,
    Duration timeout) {

  /**
   * Where the endpoints are, relative to the base.
   *
   * @param uploads where grants are asked for
   * @param renewals where they are renewed
   * @param video where assets are told
   */
  public record Paths(String uploads, String renewals, String video) {
    /** The paths of the contract. */
    public static Paths standard() {
      return new Paths("api/v1/uploads", "api/v1/uploads/renewals", "api/v1/video");
    }
  }

  /** Shows the backend's host; tokens are left out. */
  @Override
  public String toString() {
    return "Target[" + base.getHost() + "]";
  }
}
