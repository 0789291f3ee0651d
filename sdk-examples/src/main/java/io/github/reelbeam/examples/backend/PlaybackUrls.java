package io.github.reelbeam.examples.backend;

import io.github.reelbeam.backend.RegisteredAsset;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Presigned URLs from which a browser plays a video: the bytes come from the store and pass no
 * server of the app. Needs {@code s3:GetObject} on the videos.
 */
public final class PlaybackUrls implements AutoCloseable {
  /** Long enough to begin; a player that comes back later asks for another one. */
  static final Duration VALIDITY = Duration.ofMinutes(15);

  // The uploader chose the type: a page among the "videos" must not run as one.
  private static final Pattern PLAYABLE = Pattern.compile("(video|audio)/[\\w.+-]{1,100}");

  private final S3Presigner presigner;
  private final String bucket;

  private PlaybackUrls(S3Presigner presigner, String bucket) {
    this.presigner = presigner;
    this.bucket = bucket;
  }

  /**
   * The URLs of a bucket.
   *
   * @param settings say how browsers reach the store; built here
   */
  public static PlaybackUrls of(S3Presigner.Builder settings, String bucket) {
    return new PlaybackUrls(settings.build(), bucket);
  }

  /** A URL that is good for {@link #VALIDITY}, for whoever has it. */
  String of(RegisteredAsset asset) {
    return presigned(asset.key(), asset.contentType()).toString();
  }

  /** Scheme, host and port of all URLs: what a page has to allow its player. */
  String origin() {
    URI any = presigned("any", null);
    return any.getScheme() + "://" + any.getAuthority();
  }

  private URI presigned(String key, @Nullable String contentType) {
    boolean playable = contentType != null && PLAYABLE.matcher(contentType).matches();
    return URI.create(
        presigner
            .presignGetObject(
                presign ->
                    presign
                        .signatureDuration(VALIDITY)
                        .getObjectRequest(
                            get ->
                                get.bucket(bucket)
                                    .key(key)
                                    .responseContentDisposition(playable ? "inline" : "attachment")
                                    .responseContentType(
                                        playable ? contentType : "application/octet-stream")))
            .url()
            .toString());
  }

  @Override
  public void close() {
    presigner.close();
  }
}
