package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.VideoAsset.Checksum;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VideoAssetTest {
  private static final Checksum CRC = new Checksum("CRC32", "FULL_OBJECT", "y/Q5Jg==");

  private static VideoAsset asset(Map<String, String> metadata) {
    return new VideoAsset(
        new UploadId("u1"),
        "bucket",
        "videos/1.mp4",
        "eu-central-1",
        42,
        "video/mp4",
        "etag",
        CRC,
        "holiday.mp4",
        metadata,
        true,
        "");
  }

  @Test
  void withResponseChangesNothingButTheResponse() {
    VideoAsset before = asset(Map.of("title", "Holiday"));
    assertThat(before.withResponse("{\"id\":7}"))
        .usingRecursiveComparison()
        .ignoringFields("response")
        .isEqualTo(before);
    assertThat(before.withResponse("{\"id\":7}").response()).isEqualTo("{\"id\":7}");
  }

  @Test
  void theMetadataIsACopy() {
    Map<String, String> metadata = new HashMap<>(Map.of("title", "Holiday"));
    VideoAsset asset = asset(metadata);
    metadata.clear();
    assertThat(asset.metadata()).isEqualTo(Map.of("title", "Holiday"));
  }

  @Test
  void theChecksumIsThereIfThereIsOne() {
    assertThat(asset(Map.of()).checksum()).contains(CRC);
  }
}
