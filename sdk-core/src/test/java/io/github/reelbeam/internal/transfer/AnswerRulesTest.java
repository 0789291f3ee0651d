package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

class AnswerRulesTest {

  @ParameterizedTest(name = "behind {0} comes {1}")
  @CsvSource({", 1000", "0, 1", "1000, 2000", "9999, 10000"})
  void aPageGoesOnBehindTheOneBefore(@Nullable Integer marker, int next) {
    ListPartsResponse page = page(true, next, next);
    assertThat(AnswerRules.page(marker, page)).isEqualTo(page);
  }

  @ParameterizedTest(name = "behind {0} does not come {1}")
  @CsvSource({", ", ", 0", "5, 5", "5, 4", "5, -1", "5, ", "9999, 10001"})
  void pagesWithoutAnEndAreRefused(@Nullable Integer marker, @Nullable Integer next) {
    assertThatExceptionOfType(UnusableAnswerException.class)
        .isThrownBy(() -> AnswerRules.page(marker, page(true, next)))
        .withMessageContaining("without an end");
  }

  @Test
  void theLastPageNeedsNoMarker() {
    ListPartsResponse page = page(false, null, 1001, 1002);
    assertThat(AnswerRules.page(1000, page)).isEqualTo(page);
  }

  @Test
  void onlyPartsOfThePageAreTaken() {
    ListPartsResponse page = page(true, 20, 9, 10, 11, 11, 20, 21, 10_001, -1);
    assertThat(AnswerRules.page(10, page).parts())
        .extracting(Part::partNumber)
        .containsExactly(11, 20);
  }

  @Test
  void aPartWithoutNumberOrSizeIsNone() {
    ListPartsResponse page =
        ListPartsResponse.builder()
            .parts(Part.builder().size(1L).build(), Part.builder().partNumber(1).build())
            .build();
    assertThat(AnswerRules.page(null, page).parts()).isEmpty();
  }

  @Test
  void allPagesTogetherHaveNoMorePartsThanAnUpload() {
    int[] numbers = IntStream.rangeClosed(-20_000, 20_000).toArray();
    assertThat(AnswerRules.page(null, page(false, null, numbers)).parts())
        .hasSize(PartPlan.MAX_PARTS);
  }

  @Test
  void anUploadIdIsTakenAsItIs() {
    CreateMultipartUploadResponse answer = opened("i".repeat(1024));
    assertThat(AnswerRules.uploadId(answer)).isEqualTo("i".repeat(1024));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1025})
  void anUploadIdThatCannotBeOneIsRefused(int length) {
    CreateMultipartUploadResponse answer = opened(length < 0 ? null : "i".repeat(length));
    assertThatExceptionOfType(UnusableAnswerException.class)
        .isThrownBy(() -> AnswerRules.uploadId(answer));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, ''", "'\"abc-2\"', abc-2", "abc, abc", "'a b', ''", "'a\u0000', ''", "é, ''"})
  void anEtagIsWhatStandsBetweenTheQuotes(@Nullable String header, String eTag) {
    assertThat(AnswerRules.eTag(header)).isEqualTo(eTag);
  }

  @Test
  void anEtagOfAnyLengthIsNone() {
    assertThat(AnswerRules.eTag("e".repeat(201))).isEmpty();
  }

  private static CreateMultipartUploadResponse opened(@Nullable String id) {
    return CreateMultipartUploadResponse.builder().uploadId(id).build();
  }

  private static ListPartsResponse page(boolean truncated, @Nullable Integer next, int... numbers) {
    return ListPartsResponse.builder()
        .isTruncated(truncated)
        .nextPartNumberMarker(next)
        .parts(
            Arrays.stream(numbers)
                .mapToObj(number -> Part.builder().partNumber(number).size(1L).build())
                .toList())
        .build();
  }
}
