package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.reelbeam.VideoAsset.Checksum;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** As an app would write it. */
  record Playable(int id, String page, Poster poster) {
    record Poster(int width, List<String> urls) {}
  }

  private static VideoAsset answered(String json) {
    return asset(Map.of()).withResponse(json.replace('\'', '"'));
  }

  @Test
  void theAnswerComesAsATypeOfTheApps() {
    VideoAsset asset =
        answered("{'id':7,'page':'/v/7','new':[1],'poster':{'width':640,'urls':['a','b']}}");
    assertThat(asset.responseAs(Playable.class))
        .isEqualTo(new Playable(7, "/v/7", new Playable.Poster(640, List.of("a", "b"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'id':'seven'}                 | the field id does not fit",
        "{'poster':{'width':[]}}        | the field poster.width does not fit",
        "{'poster':{'urls':['a',{}]}}   | the field poster.urls.[1] does not fit",
        "[1]                            | does not fit",
        "null                           | it is null",
        "{'id':1,'id':2}                | it is not JSON",
      })
  void anAnswerOfAnotherShapeIsRefusedByThePropertysName(String json, String message) {
    VideoAsset asset = answered(json);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> asset.responseAs(Playable.class))
        .withMessageContaining("upload u1 is no " + Playable.class.getName())
        .withMessageEndingWith(message);
  }

  @Test
  void beforeTheBackendAnswersThereIsNothingToBind() {
    VideoAsset asset = asset(Map.of());
    assertThatIllegalStateException()
        .isThrownBy(() -> asset.responseAs(Map.class))
        .withMessageContaining("u1");
  }
}
