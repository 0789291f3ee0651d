package io.github.reelbeam.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.robolectric.shadows.ShadowLooper.shadowMainLooper;

import android.content.Context;
import android.content.ContextWrapper;
import android.net.ConnectivityManager;
import android.net.ConnectivityManager.NetworkCallback;
import android.net.NetworkCapabilities;
import android.os.Looper;
import io.github.reelbeam.SourceException;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadListener.PartCompleted;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoUploader;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Result;
import org.junit.runner.RunWith;
import org.junit.runner.notification.Failure;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowConnectivityManager;
import org.robolectric.shadows.ShadowNetworkCapabilities;

/**
 * What an app does in one life of its process: a phone in a JVM of its own, which can be killed.
 * The app's folders outlive it. Not found by Surefire; run by {@link PhoneIT}.
 */
@RunWith(RobolectricTestRunner.class)
@Config(shadows = PipesLikeADevices.class)
public final class PhoneScenario {
  static final int PART = 5 << 20;

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Context context;
  private ConnectivityManager connectivity;

  /**
   * Plays one scene and ends.
   *
   * @param args the name of the method; the rest is in system properties
   */
  public static void main(String[] args) {
    Result result = new JUnitCore().run(Request.method(PhoneScenario.class, args[0]));
    for (Failure failure : result.getFailures()) {
      System.err.println(failure.getTrace());
    }
    System.exit(result.wasSuccessful() && result.getRunCount() == 1 ? 0 : 1);
  }

  private static Path path(String property) {
    return new File(System.getProperty(property)).toPath();
  }

  @Before
  public void turnOn() {
    Context phone = RuntimeEnvironment.getApplication();
    File app = path("phone.app").toFile();
    context =
        new ContextWrapper(phone) {
          @Override
          public Context getApplicationContext() {
            return this;
          }

          @Override
          public File getNoBackupFilesDir() {
            return new File(app, "no_backup");
          }

          @Override
          public File getCacheDir() {
            return new File(app, "cache");
          }
        };
    Robolectric.setupContentProvider(VideoProvider.class, VideoProvider.AUTHORITY);
    VideoProvider.serve(path("phone.video"));
    connectivity = phone.getSystemService(ConnectivityManager.class);
    network(true);
  }

  // not by Shadows.shadowOf, which wants the classes of later Androids
  private ShadowConnectivityManager shadow() {
    return Shadow.extract(connectivity);
  }

  private static ShadowNetworkCapabilities capabilities(NetworkCapabilities network) {
    return Shadow.extract(network);
  }

  private void network(boolean unmetered) {
    NetworkCapabilities now = ShadowNetworkCapabilities.newInstance();
    capabilities(now).addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET);
    if (unmetered) {
      capabilities(now).addCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED);
    } else {
      capabilities(now).removeCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED);
    }
    shadow().setNetworkCapabilities(connectivity.getActiveNetwork(), now);
    for (NetworkCallback callback : shadow().getNetworkCallbacks()) {
      callback.onCapabilitiesChanged(connectivity.getActiveNetwork(), now);
    }
  }

  private VideoUploader.Builder uploader() {
    return AndroidUploads.builder(context)
        .backend(URI.create(System.getProperty("phone.backend")), () -> "Bearer none")
        .transferOptions(
            TransferOptions.builder()
                .partSize(PART)
                .parallelism(2)
                .adaptiveParallelism(false)
                .build());
  }

  /** Lets the main thread, which is the test's, do what was posted to it meanwhile. */
  private static void untilTrue(BooleanSupplier condition) {
    await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(10))
        .atMost(LONGEST)
        .until(
            () -> {
              shadowMainLooper().idle();
              return condition.getAsBoolean();
            });
  }

  /** Tells the world how far it is, until it is killed. */
  @Test
  public void begins() {
    String way = System.getProperty("phone.way");
    AtomicBoolean elsewhere = new AtomicBoolean();
    UploadListener tell =
        new UploadListener() {
          @Override
          public void onPartCompleted(PartCompleted part) {
            elsewhere.compareAndSet(false, Looper.myLooper() != Looper.getMainLooper());
            System.out.println("part " + part.partNumber());
          }
        };
    VideoUploader uploader = uploader().build();
    Upload upload =
        uploader.upload(
            AndroidUploads.request(context, VideoProvider.uri(way)).listener(tell).build());
    untilTrue(() -> upload.completion().isDone());
    assertThat(elsewhere).as("events on another thread").isFalse();
  }

  /** The next life: goes on with everything. */
  @Test
  public void goesOn() throws Exception {
    try (VideoUploader uploader = uploader().build()) {
      var resumed = AndroidUploads.resumeAll(context, uploader);
      untilTrue(resumed::isDone);
      List<Upload> uploads = resumed.get();
      assertThat(uploads).hasSize(1);
      untilTrue(() -> uploads.get(0).completion().isDone());
      System.out.println("stored " + uploads.get(0).completion().get().key());
      // nobody needs the copy any more, if there was one
      untilTrue(AndroidUploads.resumeAll(context, uploader)::isDone);
      File[] copies = new File(context.getCacheDir(), "reelbeam").listFiles();
      assertThat(copies == null ? 0 : copies.length).isZero();
    }
  }

  /** The next life, without the permission to read the video. */
  @Test
  public void mayNotRead() throws Exception {
    VideoProvider.revoke();
    try (VideoUploader uploader = uploader().build()) {
      var resumed = AndroidUploads.resumeAll(context, uploader);
      untilTrue(resumed::isDone);
      Upload upload = resumed.get().get(0);
      untilTrue(() -> upload.completion().isDone());
      upload
          .completion()
          .handle(
              (asset, failure) -> {
                SourceException refused = (SourceException) failure;
                assertThat(refused.isResumable()).isTrue();
                System.out.println("refused " + refused.getMessage());
                return null;
              })
          .get();
      assertThat(uploader.pending()).hasSize(1);
    }
  }

  @Test
  public void waitsForANetworkThatIsNotMetered() throws Exception {
    network(false);
    List<String> waits = new CopyOnWriteArrayList<>();
    UploadListener listener =
        new UploadListener() {
          @Override
          public void onStateChanged(StateChange change) {
            if (change.to() == UploadState.WAITING) {
              waits.add(String.valueOf(change.reason()));
            }
          }
        };
    try (VideoUploader uploader =
        uploader().networkPolicy(DeviceNetwork.unmetered(context)).build()) {
      Upload upload =
          uploader.upload(
              AndroidUploads.request(context, VideoProvider.uri("file"))
                  .listener(listener)
                  .build());
      untilTrue(() -> waits.contains(WaitReason.NETWORK_POLICY.name()));
      System.out.println("waiting");
      // the test looks at the servers, and then says so
      untilTrue(() -> path("phone.app").resolve("unmetered").toFile().exists());
      network(true);
      untilTrue(() -> upload.completion().isDone());
      System.out.println("stored " + upload.completion().get().key());
    }
  }
}
