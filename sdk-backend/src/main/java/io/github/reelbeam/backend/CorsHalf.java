package io.github.reelbeam.backend;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The CORS configuration, read and written.
 *
 * @param wanted our rule
 */
record CorsHalf(CORSRule wanted) implements BucketHalf {
  private static final Set<String> KNOWN =
      Set.of(
          "CORSConfiguration",
          "CORSRule",
          "ID",
          "AllowedOrigin",
          "AllowedMethod",
          "AllowedHeader",
          "ExposeHeader",
          "MaxAgeSeconds");

  @Override
  public String name() {
    return CorsRules.KIND.name();
  }

  @Override
  public String readAction() {
    return "s3:GetBucketCORS";
  }

  @Override
  public String writeAction() {
    return "s3:PutBucketCORS";
  }

  @Override
  public Step read(S3Client s3, String bucket) {
    ElementNames names = new ElementNames();
    MergedRules<CORSRule> merged =
        MergedRules.of(CorsRules.KIND, present(s3, bucket, names), wanted);
    BucketHalf.requireNothingLost(this, merged.changes(), names.otherThan(KNOWN));
    return new Step(
        this,
        merged.changes(),
        CorsRules.shadows(merged.rules(), wanted),
        () ->
            s3.putBucketCors(
                put ->
                    put.bucket(bucket)
                        .corsConfiguration(cors -> cors.corsRules(merged.rules()))
                        .overrideConfiguration(WITH_MD5)));
  }

  private static List<CORSRule> present(S3Client s3, String bucket, ElementNames names) {
    try {
      return s3.getBucketCors(get -> get.bucket(bucket).overrideConfiguration(names.listening()))
          .corsRules();
    } catch (S3Exception e) {
      if (StoreRefusal.code(e).equals("NoSuchCORSConfiguration")) {
        return List.of();
      }
      throw e;
    }
  }
}
