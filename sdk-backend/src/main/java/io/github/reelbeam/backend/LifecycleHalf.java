package io.github.reelbeam.backend;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The lifecycle configuration, read and written.
 *
 * @param wanted our rule
 */
record LifecycleHalf(LifecycleRule wanted) implements BucketHalf {
  private static final Set<String> KNOWN =
      Set.of(
          "LifecycleConfiguration",
          "Rule",
          "ID",
          "Status",
          "Prefix",
          "Filter",
          "And",
          "Tag",
          "Key",
          "Value",
          "ObjectSizeGreaterThan",
          "ObjectSizeLessThan",
          "Expiration",
          "Date",
          "Days",
          "ExpiredObjectDeleteMarker",
          "Transition",
          "StorageClass",
          "NoncurrentVersionTransition",
          "NoncurrentVersionExpiration",
          "NoncurrentDays",
          "NewerNoncurrentVersions",
          "AbortIncompleteMultipartUpload",
          "DaysAfterInitiation");

  @Override
  public String name() {
    return LifecycleRules.KIND.name();
  }

  @Override
  public String readAction() {
    return "s3:GetLifecycleConfiguration";
  }

  @Override
  public String writeAction() {
    return "s3:PutLifecycleConfiguration";
  }

  @Override
  public Step read(S3Client s3, String bucket) {
    ElementNames names = new ElementNames();
    GetBucketLifecycleConfigurationResponse present = present(s3, bucket, names);
    MergedRules<LifecycleRule> merged =
        MergedRules.of(
            LifecycleRules.KIND,
            present.rules(),
            LifecycleRules.inTheFormOf(present.rules(), wanted));
    BucketHalf.requireNothingLost(this, merged.changes(), names.otherThan(KNOWN));
    return new Step(
        this,
        merged.changes(),
        List.of(),
        () ->
            s3.putBucketLifecycleConfiguration(
                put ->
                    put.bucket(bucket)
                        .lifecycleConfiguration(lifecycle -> lifecycle.rules(merged.rules()))
                        // belongs to the whole bucket: left out, it would go back to S3's default
                        .transitionDefaultMinimumObjectSize(
                            present.transitionDefaultMinimumObjectSizeAsString())
                        .overrideConfiguration(WITH_MD5)));
  }

  private static GetBucketLifecycleConfigurationResponse present(
      S3Client s3, String bucket, ElementNames names) {
    try {
      return s3.getBucketLifecycleConfiguration(
          get -> get.bucket(bucket).overrideConfiguration(names.listening()));
    } catch (S3Exception e) {
      if (StoreRefusal.code(e).equals("NoSuchLifecycleConfiguration")) {
        return GetBucketLifecycleConfigurationResponse.builder().build();
      }
      throw e;
    }
  }
}
