package io.github.reelbeam.benchmarks.contestants;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.notify.AssetNotifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reelbeam without a backend: grants come out of the air, nobody is told, the journal is in memory.
 * That is what the peers do. It sends a CRC32 for each part and one for the whole object.
 */
public final class ReelbeamContestant implements Contestant {
  private final VideoUploader uploader;

  /** Sets up the uploader. */
  public ReelbeamContestant(Target target) {
    this(withoutBackend(target), likeThePeers());
  }

  ReelbeamContestant(VideoUploader.Builder builder, TransferOptions options) {
    this.uploader = builder.transferOptions(options).build();
  }

  static VideoUploader.Builder withoutBackend(Target target) {
    return VideoUploader.builder()
        .credentialsFetcher(new FreeGrants(target))
        .assetNotifier(AssetNotifier.none())
        .journal(UploadJournal.inMemory());
  }

  static TransferOptions likeThePeers() {
    return TransferOptions.builder()
        .partSize(PART_SIZE)
        .parallelism(IN_FLIGHT)
        .adaptiveParallelism(false)
        .build();
  }

  @Override
  public void upload(List<Path> files) throws InterruptedException {
    List<Upload> uploads = new ArrayList<>();
    for (Path file : files) {
      uploads.add(uploader.upload(UploadRequest.builder(file).build()));
    }
    for (Upload upload : uploads) {
      upload.await();
    }
  }

  /** Grants whatever is asked for. */
  private record FreeGrants(Target target) implements CredentialsFetcher {
    @Override
    public UploadGrant issue(Request request) {
      return grant(target.nextKey());
    }

    @Override
    public UploadGrant renew(Renewal renewal) {
      return grant(renewal.key());
    }

    private UploadGrant grant(String key) {
      Duration validity = Duration.ofHours(1);
      return new UploadGrant(
          new TemporaryCredentials(
              Target.ACCESS_KEY,
              Target.SECRET_KEY,
              Target.SESSION_TOKEN,
              Instant.now().plus(validity)),
          BUCKET,
          key,
          REGION,
          target.endpoint(),
          true,
          null,
          validity);
    }
  }
}
