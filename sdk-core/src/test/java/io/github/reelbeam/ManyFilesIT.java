package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.HttpCredentialsFetcher;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.notify.AssetNotifier;
import io.github.reelbeam.notify.HttpAssetNotifier;
import io.github.reelbeam.testservers.Asset;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.IssuedGrant;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many small files: so many at work at once, in their order, over a few connections. */
class ManyFilesIT {
  private static final int FILES = 200;
  private static final int AT_ONCE = 6;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @TempDir Path folder;

  private List<Path> files(int count) throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(TestFiles.random(folder.resolve("clip" + i + ".mp4"), 10_000 + i));
    }
    return files;
  }

  private static List<UploadRequest> requests(List<Path> files) {
    return files.stream().map(file -> UploadRequest.builder(file).build()).toList();
  }

  private static TransferOptions options(int concurrentUploads) {
    return Servers.options().concurrentUploads(concurrentUploads).build();
  }

  @Test
  void twoHundredAreStoredOnceEachOverAFewConnectionsAndNeverTooManyAtOnce() throws Exception {
    List<Path> files = files(FILES);
    AtWork atWork = new AtWork();
    try (LinkedServers linked = LinkedServers.withStore(false, link -> link)) {
      Counted backend = new Counted(linked, atWork);
      try (VideoUploader uploader =
          linked
              .uploader()
              .credentialsFetcher(backend)
              .assetNotifier(backend)
              .transferOptions(options(AT_ONCE))
              .build()) {
        UploadBatch batch = uploader.uploadAll(requests(files));
        UploadBatch.Result result = batch.await(LONGEST);
        assertThat(result.isComplete()).as("%s", result).isTrue();
        assertThat(batch.progress().filesCompleted()).isEqualTo(FILES);
        assertThat(batch.progress().fraction()).isEqualTo(1.0);
      }
      verifyEachIsStoredOnce(files, linked.servers);
      assertThat(atWork.most.get()).isEqualTo(AT_ONCE);
      assertThat(linked.toStore.connections())
          .as("connections to the store")
          .isLessThanOrEqualTo(2 * AT_ONCE);
      assertThat(linked.toBackend.connections()).as("connections to the backend").isLessThan(50);
    }
  }

  private static void verifyEachIsStoredOnce(List<Path> files, Servers servers) throws Exception {
    assertThat(servers.s3.keys()).hasSize(files.size());
    servers.verifyNothingIsLeft();
    assertThat(servers.backend.assets()).hasSize(files.size());
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      List<String> keys =
          servers.backend.assets().stream()
              .filter(asset -> asset.fileName().equals(name))
              .map(Asset::key)
              .toList();
      assertThat(keys).as(name).hasSize(1);
      assertThat(TestFiles.mismatch(file, servers.s3.open(keys.get(0)))).as(name).isEqualTo(-1);
    }
  }

  /** While the first file is on its way others get their grants, are stored, and are told. */
  @Test
  void grantsAndNotificationsGoOnDuringTheTransfersOfOthers() throws Exception {
    List<Path> files = files(4);
    CountDownLatch granted = new CountDownLatch(1);
    CountDownLatch notified = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    AtomicBoolean overlapped = new AtomicBoolean();
    AtomicBoolean onItsWay = new AtomicBoolean();
    try (Servers servers = Servers.start();
        VideoUploader uploader =
            servers
                .uploader()
                .transferOptions(
                    Servers.options()
                        .concurrentUploads(2)
                        .stallTimeout(Duration.ofSeconds(30))
                        .build())
                .build()) {
      servers.faults(
          head -> {
            if (head.method().equals("PUT") && first.compareAndSet(true, false)) {
              onItsWay.set(true);
              overlapped.set(has(notified) && has(granted));
            }
            return Fault.pass();
          });
      servers.backendNetwork(
          head -> {
            if (onItsWay.get()) {
              // the grants after a notification are those of the third file and the fourth
              (isGrant(head) && notified.getCount() == 0 ? granted : new CountDownLatch(1))
                  .countDown();
              (isGrant(head) ? new CountDownLatch(1) : notified).countDown();
            }
            return Fault.pass();
          });
      assertThat(uploader.uploadAll(requests(files)).await(LONGEST).isComplete()).isTrue();
      assertThat(overlapped).isTrue();
      verifyEachIsStoredOnce(files, servers);
    }
  }

  private static boolean has(CountDownLatch come) {
    try {
      return come.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isGrant(RequestHead head) {
    return head.target().endsWith("/uploads");
  }

  @Test
  void aHighOneThatIsBegunLastOvertakesThoseThatWait() throws Exception {
    List<Path> files = files(6);
    CountDownLatch allAreThere = new CountDownLatch(1);
    try (Servers servers = Servers.start();
        VideoUploader uploader = servers.uploader().transferOptions(options(1)).build()) {
      servers.backendNetwork(
          head -> {
            has(allAreThere);
            return Fault.pass();
          });
      List<Upload> uploads = new ArrayList<>();
      for (Path file : files.subList(0, 5)) {
        uploads.add(uploader.upload(UploadRequest.builder(file).build()));
      }
      assertThat(uploads.subList(1, 5))
          .allSatisfy(upload -> assertThat(upload.state()).isEqualTo(UploadState.WAITING));
      uploads.add(
          uploader.upload(
              UploadRequest.builder(files.get(5)).priority(UploadPriority.HIGH).build()));
      uploads.get(1).prioritize(UploadPriority.LOW);
      // asked for again by somebody who wants it more
      uploader.upload(UploadRequest.builder(files.get(4)).priority(UploadPriority.HIGH).build());
      allAreThere.countDown();
      for (Upload upload : uploads) {
        upload.await(LONGEST);
      }
      assertThat(servers.backend.grants())
          .extracting(IssuedGrant::fileName)
          .containsExactly(
              "clip0.mp4", "clip4.mp4", "clip5.mp4", "clip2.mp4", "clip3.mp4", "clip1.mp4");
    }
  }

  /** How many uploads are between the question for the grant and the answer to the notification. */
  private static final class AtWork {
    final AtomicInteger now = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    void begins() {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
    }

    void ends() {
      now.decrementAndGet();
    }
  }

  /** The real backend, and a count. */
  private static final class Counted implements CredentialsFetcher, AssetNotifier {
    private final HttpCredentialsFetcher grants;
    private final HttpAssetNotifier notifications;
    private final AtWork atWork;

    Counted(LinkedServers linked, AtWork atWork) {
      this.grants =
          HttpCredentialsFetcher.builder(linked.toBackend.uri())
              .authorization(() -> "Bearer none")
              .build();
      this.notifications =
          HttpAssetNotifier.builder(linked.toBackend.uri())
              .authorization(() -> "Bearer none")
              .build();
      this.atWork = atWork;
    }

    @Override
    public UploadGrant issue(Request request) throws InterruptedException {
      atWork.begins();
      return grants.issue(request);
    }

    @Override
    public UploadGrant renew(Renewal renewal) throws InterruptedException {
      return grants.renew(renewal);
    }

    @Override
    public String notify(VideoAsset asset) throws InterruptedException {
      String answer = notifications.notify(asset);
      atWork.ends();
      return answer;
    }
  }
}
