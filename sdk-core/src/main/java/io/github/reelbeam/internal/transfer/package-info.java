/** The multipart engine. The only package that knows the AWS SDK. */
@NullMarked
package io.github.reelbeam.internal.transfer;

import org.jspecify.annotations.NullMarked;
