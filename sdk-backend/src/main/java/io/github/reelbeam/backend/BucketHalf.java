package io.github.reelbeam.backend;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;

/** One of the two configurations that a set-up brings into the wanted state. */
interface BucketHalf {

  /**
   * S3 wants a digest with these configurations. The SDK sends a CRC32 only, which is new: many
   * stores, Ceph of before mid-2022 among them, answer that Content-MD5 is missing. All take the
   * MD5 of old, AWS too, whatever the app's client is set to.
   */
  AwsRequestOverrideConfiguration WITH_MD5 =
      AwsRequestOverrideConfiguration.builder().addPlugin(LegacyMd5Plugin.create()).build();

  /** {@code CORS} or {@code lifecycle}. */
  String name();

  /** The permission to read it. */
  String readAction();

  /** The permission to write it. */
  String writeAction();

  /** Reads what is there and says what would have to change; writes nothing. */
  Step read(S3Client s3, String bucket);

  /**
   * What would have to change.
   *
   * @param half which one
   * @param changes in words; if there are none, there is nothing to write
   * @param warnings what else is worth knowing
   * @param write does it
   */
  record Step(BucketHalf half, List<String> changes, List<String> warnings, Runnable write) {}

  /**
   * Refuses to write rules back without what was not understood of them.
   *
   * @param unknown the elements that would get lost
   */
  static void requireNothingLost(BucketHalf half, List<String> changes, Set<String> unknown) {
    if (!changes.isEmpty() && !unknown.isEmpty()) {
      String message =
          "the bucket's %s rules have settings that are not known here, and would be lost by writing"
                  .formatted(half.name())
              + " the rules back: %s. Set up the rule by other means. Nothing was changed."
                  .formatted(String.join(", ", unknown));
      throw new BucketSetupException(message, false, List.of(), null);
    }
  }
}
