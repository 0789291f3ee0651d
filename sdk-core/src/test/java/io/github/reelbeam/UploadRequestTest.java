package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadRequestTest {
  private static final Path FILE = Path.of("holiday.mp4");

  private static UploadRequest.Builder builder() {
    return UploadRequest.builder(FILE);
  }

  @Test
  void theDefaultsAreTheSourcesNameAndOtherwiseNothing() {
    UploadRequest request = builder().build();
    assertThat(request.fileName()).isEqualTo("holiday.mp4");
    assertThat(request.source().path()).contains(FILE.toAbsolutePath());
    assertThat(request.contentType()).isEmpty();
    assertThat(request.metadata()).isEmpty();
    assertThat(request.storageClass()).isEmpty();
    assertThat(request.encryption()).isEmpty();
    assertThat(request.priority()).isEqualTo(UploadPriority.NORMAL);
    assertThat(request.listeners()).isEmpty();
  }

  @Test
  void everyOptionReachesTheRequest() {
    UploadListener listener = new UploadListener() {};
    UploadRequest request =
        UploadRequest.builder(BytesSource.random(1))
            .fileName("other.mov")
            .contentType("video/quicktime")
            .metadata("title", "Holiday")
            .storageClass("STANDARD_IA")
            .encryption(ServerSideEncryption.kms("key-1"))
            .priority(UploadPriority.HIGH)
            .listener(listener)
            .build();
    assertThat(Accessors.valuesOf(request).entrySet())
        .doesNotContainAnyElementsOf(Accessors.valuesOf(builder().build()).entrySet());
    assertThat(request.fileName()).isEqualTo("other.mov");
    assertThat(request.contentType()).contains("video/quicktime");
    assertThat(request.metadata()).isEqualTo(Map.of("title", "Holiday"));
    assertThat(request.storageClass()).contains("STANDARD_IA");
    assertThat(request.encryption()).contains(ServerSideEncryption.kms("key-1"));
    assertThat(request.priority()).isEqualTo(UploadPriority.HIGH);
    assertThat(request.listeners()).containsExactly(listener);
  }

  @Test
  void aBuiltRequestDoesNotChangeWithItsBuilder() {
    UploadRequest.Builder builder = builder().metadata("a", "1");
    UploadRequest request = builder.build();
    builder.metadata("b", "2").listener(new UploadListener() {});
    assertThat(request.metadata()).isEqualTo(Map.of("a", "1"));
    assertThat(request.listeners()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void refusesABlankFileName(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().fileName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "video/mp4",
        "video/vnd.dlna.mpeg-tts",
        "image/svg+xml",
        "video/mp4; codecs=\"a\""
      })
  void takesMediaTypes(String type) {
    assertThat(builder().contentType(type).build().contentType()).contains(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mp4",
        "video/",
        "/mp4",
        "video/mp4/x",
        "video /mp4",
        "video/mp4\r\nx: y",
        "video/mp4; a\r\nx: y",
        "video/mp4\r\n;x: y",
        "video/mp4; name=\u00e9",
        "video/mp4; name=\u0000"
      })
  void refusesWhatIsNoMediaTypeOrNoHeader(String type) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().contentType(type));
  }

  @Test
  void metadataKeysAreInLowerCaseWhateverTheLocale() {
    assertThat(builder().metadata("TITLE-Id", "x").build().metadata())
        .isEqualTo(Map.of("title-id", "x"));
  }

  @Test
  void theLastOfTwoMetadataValuesForOneKeyCounts() {
    assertThat(builder().metadata("Title", "1").metadata("title", "2").build().metadata())
        .isEqualTo(Map.of("title", "2"));
  }

  @Test
  void metadataValuesLoseSurroundingSpaceAsHeadersDo() {
    assertThat(builder().metadata("title", "  My holiday ").build().metadata())
        .isEqualTo(Map.of("title", "My holiday"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "a\nb", "\u00e9t\u00e9", "a/b", "a\"b", "a(b)"})
  void refusesMetadataKeysThatCannotBeHeaders(String key) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().metadata(key, "x"));
  }

  /** The SDK leaves the prefix out where it is there already: the key would be another one. */
  @Test
  void refusesMetadataKeysWithThePrefixOfS3() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().metadata("X-Amz-Meta-Title", "x"))
        .withMessageContaining("leave it out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00e9", "a\nb", "a\r", "\t", "\u0000", "\u007f", "\ud83c\udfac"})
  void refusesMetadataValuesThatHeadersWouldHarm(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().metadata("title", value))
        .withMessageContaining("title");
  }

  @ParameterizedTest
  @CsvSource({"2047, true", "2048, false"})
  void takesTwoKilobytesOfMetadataKeysAndValuesInAll(int valueLength, boolean fits) {
    UploadRequest.Builder builder = builder();
    String value = "v".repeat(valueLength);
    if (fits) {
      assertThat(builder.metadata("k", value).build().metadata()).containsEntry("k", value);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.metadata("k", value))
          .withMessageContaining("2,048");
    }
  }

  @Test
  void theMetadataLimitCountsAllEntries() {
    UploadRequest.Builder builder = builder().metadata("a", "v".repeat(1500));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.metadata("b", "v".repeat(1500)))
        .withMessageContaining("'b'");
  }

  @Test
  void replacingAMetadataValueCountsOnlyTheNewOne() {
    UploadRequest.Builder builder = builder().metadata("a", "v".repeat(1500));
    assertThat(builder.metadata("a", "w".repeat(1500)).build().metadata())
        .isEqualTo(Map.of("a", "w".repeat(1500)));
  }

  @Test
  void metadataOfARequestCannotBeChanged() {
    Map<String, String> metadata = builder().metadata("a", "1").build().metadata();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> metadata.put("b", "2"));
  }
}
