package io.github.reelbeam.examples.android;

import android.app.Activity;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.ProgressBar;
import android.widget.TextView;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.android.AndroidUploads;
import io.github.reelbeam.android.ContentUriSource;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One button, one bar: a video is picked and uploaded. */
public final class PickVideoActivity extends Activity {
  private static final int PICKED = 1;

  /** To start an upload is to look at the video, which is not for the main thread. */
  private final ExecutorService background = Executors.newSingleThreadExecutor();

  private @Nullable ProgressBar bar;
  private @Nullable TextView status;
  private @Nullable Upload upload;

  @Override
  protected void onCreate(@Nullable Bundle savedInstanceState) {
    super.onCreate(savedInstanceState);
    LinearLayout content = new LinearLayout(this);
    content.setOrientation(LinearLayout.VERTICAL);
    content.addView(button("Pick a video", v -> pick()));
    content.addView(button("Pause", v -> change(Upload::pause)));
    content.addView(button("Go on", v -> change(Upload::resume)));
    content.addView(button("Cancel", v -> change(Upload::cancel)));
    bar = new ProgressBar(this, null, android.R.attr.progressBarStyleHorizontal);
    content.addView(bar);
    status = new TextView(this);
    content.addView(status);
    setContentView(content);
  }

  private Button button(String label, View.OnClickListener action) {
    Button button = new Button(this);
    button.setText(label);
    button.setOnClickListener(action);
    return button;
  }

  private void pick() {
    Intent open = new Intent(Intent.ACTION_OPEN_DOCUMENT).setType("video/*");
    // so that a later process may read it, too
    open.addFlags(
        Intent.FLAG_GRANT_READ_URI_PERMISSION | Intent.FLAG_GRANT_PERSISTABLE_URI_PERMISSION);
    startActivityForResult(open, PICKED);
  }

  @Override
  protected void onActivityResult(int requestCode, int resultCode, @Nullable Intent data) {
    Uri uri = data == null ? null : data.getData();
    if (requestCode == PICKED && resultCode == RESULT_OK && uri != null) {
      background.execute(() -> start(uri));
    }
  }

  private void start(Uri uri) {
    ContentUriSource source = ContentUriSource.of(this, uri);
    source.keepPermission();
    VideoUploader uploader = VideoApp.uploader(this);
    try {
      upload = uploader.upload(UploadRequest.builder(source).listener(new Display()).build());
      UploadJobService.schedule(this);
    } catch (UploadException e) {
      runOnUiThread(() -> show(String.valueOf(e.getMessage())));
    }
  }

  private void change(java.util.function.Consumer<Upload> wish) {
    Upload current = upload;
    if (current != null) {
      wish.accept(current);
    }
  }

  private void show(String text) {
    Objects.requireNonNull(status, "made with the activity").setText(text);
  }

  @Override
  protected void onDestroy() {
    background.shutdown();
    super.onDestroy();
  }

  /** Called on the main thread, as {@link AndroidUploads#builder} has it. */
  private final class Display implements UploadListener {
    @Override
    public void onProgress(UploadProgress now) {
      Objects.requireNonNull(bar, "made with the activity")
          .setProgress((int) (now.fraction() * 100));
    }

    @Override
    public void onStateChanged(StateChange change) {
      show(change.reason() == null ? change.to().name() : change.to() + ", " + change.reason());
    }

    @Override
    public void onCompleted(VideoAsset asset) {
      show("stored as " + asset.key());
    }

    @Override
    public void onFailed(UploadException failure) {
      show(String.valueOf(failure.getMessage()));
    }
  }
}
