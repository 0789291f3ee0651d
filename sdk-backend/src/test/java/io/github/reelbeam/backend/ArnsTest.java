package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArnsTest {

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::123456789012:role/uploader, aws",
    "arn:aws:iam::123456789012:role/team/video/up.load-er@x, aws",
    "arn:aws-cn:iam::123456789012:role/uploader, aws-cn",
    "arn:aws-us-gov:iam::123456789012:role/uploader, aws-us-gov",
    "arn:aws:iam:::role/uploader, aws",
    "arn:aws:iam::tenant_1:role/uploader, aws",
  })
  void findsThePartitionOfARole(String arn, String partition) {
    assertThat(Arns.partitionOfRole(arn)).isEqualTo(partition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "uploader",
        "arn:aws:iam::123456789012:user/uploader",
        "arn:aws:iam::123456789012:role/",
        "arn:aws:iam::123456789012:role/up loader",
        "arn:aws:iam::123456789012:role/uploader\n",
        "arn:aws:iam:eu-central-1:123456789012:role/uploader",
        "arn:aws:sts::123456789012:assumed-role/uploader/session",
        "arn:azure:iam::123456789012:role/uploader",
        " arn:aws:iam::123456789012:role/uploader",
      })
  void refusesWhatIsNoRole(String arn) {
    assertThatIllegalArgumentException().isThrownBy(() -> Arns.partitionOfRole(arn));
  }

  @Test
  void boundsTheLengthOfARole() {
    String tail = ":role/uploader";
    String longest = "arn:aws:iam::" + "1".repeat(2048 - 13 - tail.length());
    assertThat(Arns.partitionOfRole(longest + tail)).isEqualTo("aws");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arns.partitionOfRole(longest + "1" + tail));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab",
      })
  void letsKmsKeysPass(String arn) {
    assertThat(Arns.checkedKmsKey(arn, "aws")).isEqualTo(arn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "arn:aws:kms:eu-central-1:123456789012:key/*",
        "arn:aws:kms:*:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:kms:eu-central-1:123456789012:alias/videos",
        "1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      })
  void refusesWhatIsNoKmsKeyOfThePartition(String arn) {
    assertThatIllegalArgumentException().isThrownBy(() -> Arns.checkedKmsKey(arn, "aws"));
  }
}
