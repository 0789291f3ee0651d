package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "my-videos", "videos.example.com", "1a2", "a.b-c", "192.168.5.4.5"})
  void letsBucketsPass(String name) {
    assertThat(BucketNames.checked(name)).isEqualTo(name);
  }

  @Test
  void allows63Characters() {
    assertThat(BucketNames.checked("a".repeat(63))).hasSize(63);
    assertThatIllegalArgumentException().isThrownBy(() -> BucketNames.checked("a".repeat(64)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "Videos",
        "my_videos",
        "-videos",
        "videos-",
        ".videos",
        "videos.",
        "my..videos",
        "192.168.5.4",
        "videos/uploads",
        "videos*",
        "vidéos",
        "videos\n",
        "xn--videos",
        "sthree-videos",
        "amzn-s3-demo-videos",
        "videos-s3alias",
        "videos--ol-s3",
        "videos.mrap",
        "videos--use1-az4--x-s3",
        "videos--table-s3",
        "arn:aws:s3:eu-central-1:123456789012:accesspoint/videos",
      })
  void refusesWhatIsNoBucket(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> BucketNames.checked(name));
  }
}
