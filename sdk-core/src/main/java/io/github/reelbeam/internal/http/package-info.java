/** The OkHttp transport, for the backend and for S3. */
@NullMarked
package io.github.reelbeam.internal.http;

import org.jspecify.annotations.NullMarked;
