package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetVerifierTest {
  private static final ObjectKeys KEYS = ObjectKeys.withPrefix("uploads/");
  private static final AssetChecksum CRC = new AssetChecksum("CRC32", "FULL_OBJECT", "AAAAAA==");

  private final String key = KEYS.next("holiday.mp4");
  private final FakeBucket bucket = new FakeBucket();
  private final AssetVerifier verifier = verifier(UploadLimits.upTo(1000));

  private AssetVerifier verifier(UploadLimits limits) {
    return AssetVerifier.of(bucket, KEYS, limits);
  }

  private static AssetNotification told(
      @Nullable String inBucket,
      String key,
      long size,
      @Nullable String eTag,
      @Nullable AssetChecksum checksum) {
    return new AssetNotification(
        "u-1", key, inBucket, null, size, null, eTag, checksum, null, Map.of(), true);
  }

  private AssetNotification told(
      long size, @Nullable String eTag, @Nullable AssetChecksum checksum) {
    return told(FakeBucket.NAME, key, size, eTag, checksum);
  }

  private String codeFor(AssetVerifier asked, AssetNotification told) {
    RequestRefusedException refused =
        catchThrowableOfType(RequestRefusedException.class, () -> asked.verify(told));
    return refused == null ? "" : refused.status() + " " + refused.code();
  }

  @Test
  void returnsWhatTheStoreSays() {
    bucket.put(key, 5, "\"abc\"", CRC);
    assertThat(verifier.verify(told(5, "abc", CRC))).isEqualTo(bucket.objects.get(key));
  }

  @Test
  void doesNotFindWhatIsNotThere() {
    assertThat(codeFor(verifier, told(5, null, null))).isEqualTo("404 asset_not_found");
  }

  @Test
  void doesNotLookAtObjectsThatNobodyWasGranted() {
    bucket.put("private/plans.mp4", 5, null, null);
    assertThat(codeFor(verifier, told(null, "private/plans.mp4", 5, null, null)))
        .isEqualTo("404 asset_not_found");
  }

  /** Were it not found, the client would store it there once more. */
  @Test
  void aVideoInAnotherBucketIsAMismatch() {
    bucket.put(key, 5, null, null);
    assertThat(codeFor(verifier, told("elsewhere", key, 5, null, null)))
        .isEqualTo("409 asset_mismatch");
  }

  @Test
  void theClientNeedNotNameTheBucket() {
    bucket.put(key, 5, null, null);
    assertThat(codeFor(verifier, told(null, key, 5, null, null))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 6})
  void anotherSizeIsAMismatch(long size) {
    bucket.put(key, 5, "\"abc\"", CRC);
    assertThat(codeFor(verifier, told(size, "abc", CRC))).isEqualTo("409 asset_mismatch");
  }

  /** Whoever asks may not be whose object it is. */
  @Test
  void aMismatchTellsNothingOfTheObject() {
    bucket.put(key, 7654321, "\"abc\"", CRC);
    assertThatThrownBy(() -> verifier.verify(told(5, null, null)))
        .hasMessage("the object has another size");
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "CRC32,  FULL_OBJECT, AAAAAQ==, 409 asset_mismatch",
    "crc32,  full_object, AAAAAQ==, 409 asset_mismatch",
    "CRC32,  FULL_OBJECT, AAAAAA==, ''",
    "CRC32,  COMPOSITE,   AAAAAQ==, ''",
    "SHA256, FULL_OBJECT, AAAAAQ==, ''",
  })
  void checksumsOfOneKindAreCompared(String algorithm, String type, String value, String code) {
    bucket.put(key, 5, null, CRC);
    assertThat(codeFor(verifier, told(5, null, new AssetChecksum(algorithm, type, value))))
        .isEqualTo(code);
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "abc,         abc,         ''",
        "'\"abc\"',   abc,         ''",
        "abc,         '\"abc\"',   ''",
        "abc,         'W/\"abc\"', ''",
        "'W/\"abc\"', abc,         ''",
        "'',          '\"abc\"',   ''",
        "'\"\"',      '\"abc\"',   ''",
        "abc,         '\"\"',      ''",
        "-,           abc,         ''",
        "abc,         -,           ''",
        "abc,         ABC,         409 asset_mismatch",
        "abc-1,       abc-2,       409 asset_mismatch",
      })
  void eTagsAreComparedAsFarAsThereAreAny(
      @Nullable String toldTag, @Nullable String stored, String code) {
    bucket.put(key, 5, stored, null);
    assertThat(codeFor(verifier, told(5, toldTag, CRC))).isEqualTo(code);
  }

  @Test
  void aClientWithoutAChecksumIsBelievedByItsETag() {
    bucket.put(key, 5, "\"abc\"", CRC);
    assertThat(codeFor(verifier, told(5, "abc", null))).isEmpty();
    assertThat(codeFor(verifier, told(5, "xyz", null))).isEqualTo("409 asset_mismatch");
  }

  @Test
  void equalChecksumsCountMoreThanETags() {
    bucket.put(key, 5, "\"made-by-a-gateway\"", CRC);
    assertThat(codeFor(verifier, told(5, "made-by-the-store", CRC))).isEmpty();
  }

  @Test
  void theLimitsHoldForTheObjectItself() {
    bucket.put(key, 1001, null, null);
    assertThat(codeFor(verifier, told(1001, null, null))).isEqualTo("413 too_large");
    bucket.put(key, 5, null, null);
    AssetVerifier webmOnly = verifier(UploadLimits.upTo(10).contentTypes(List.of("video/webm")));
    assertThat(codeFor(webmOnly, told(5, null, null))).isEqualTo("415 content_type_not_allowed");
  }

  @Test
  void failingToCleanUpDoesNoHarm() {
    bucket.cleaningFailure = new IllegalStateException("no right to list");
    assertThatCode(() -> verifier.abortLeftovers(key)).doesNotThrowAnyException();
    assertThat(bucket.cleaned).containsExactly(key);
  }
}
