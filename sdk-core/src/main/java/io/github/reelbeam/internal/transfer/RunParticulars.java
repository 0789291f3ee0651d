package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.internal.log.UploadContext;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** All that the SDK's client has to know of one run, and of no other. */
record RunParticulars(
    AwsCredentialsProvider credentials,
    RunHttpClient http,
    RunInterceptor interceptor,
    PartRetryStrategy retries,
    UploadContext context) {}
