package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.reelbeam.journal.UploadJournal;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an uploader refuses before anything is sent. */
class VideoUploaderTest {
  private static final URI BACKEND = URI.create("http://127.0.0.1:1/");

  private static VideoUploader.Builder complete() {
    return VideoUploader.builder()
        .backend(BACKEND, () -> "Bearer t")
        .journal(UploadJournal.inMemory());
  }

  @Test
  void needsABackend() {
    VideoUploader.Builder builder = VideoUploader.builder().journal(UploadJournal.inMemory());
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("backend(...)");
  }

  @Test
  void needsAJournal() {
    VideoUploader.Builder builder = VideoUploader.builder().backend(BACKEND, () -> "Bearer t");
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("FileUploadJournal.at")
        .withMessageContaining("UploadJournal.inMemory");
  }

  @Test
  void takesNoNegativeRate() {
    try (VideoUploader uploader = complete().build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> uploader.limitRate(-1))
          .withMessageContaining("-1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9})
  void takesNoParallelismBeyondItsOptions(int parts) {
    TransferOptions options = TransferOptions.builder().parallelism(8).build();
    try (VideoUploader uploader = complete().transferOptions(options).build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> uploader.limitParallelism(parts))
          .withMessageContaining("from 1 to the 8");
    }
  }
}
