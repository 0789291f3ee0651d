package io.github.reelbeam.examples.android;

import android.app.Application;
import android.content.Context;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.android.AndroidUploads;
import io.github.reelbeam.android.DeviceNetwork;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds the one uploader of the process, and goes on with what an earlier process left undone. */
public final class VideoApp extends Application {
  private static final URI BACKEND = URI.create("https://api.example.com/");

  private @Nullable VideoUploader uploader;
  private @Nullable DeviceNetwork network;

  @Override
  public void onCreate() {
    super.onCreate();
    DeviceNetwork wifi = DeviceNetwork.unmetered(this);
    VideoUploader made =
        AndroidUploads.builder(this)
            .backend(BACKEND, () -> "Bearer " + Session.token())
            .networkPolicy(wifi)
            .build();
    network = wifi;
    uploader = made;
    var unused =
        AndroidUploads.resumeAll(this, made)
            .thenAccept(
                uploads -> {
                  if (!uploads.isEmpty()) {
                    // without a job the system may end the process at any time
                    UploadJobService.schedule(this);
                  }
                });
  }

  static VideoUploader uploader(Context context) {
    return Objects.requireNonNull(app(context).uploader, "made when the app starts");
  }

  /** The switch in the app's settings. */
  static void useMobileData(Context context, boolean mobileData) {
    Objects.requireNonNull(app(context).network, "made when the app starts")
        .setUnmeteredOnly(!mobileData);
  }

  private static VideoApp app(Context context) {
    return (VideoApp) context.getApplicationContext();
  }
}
