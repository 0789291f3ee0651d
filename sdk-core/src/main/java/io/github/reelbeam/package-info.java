/** Uploads video files straight to S3 and tells the app's backend about them. */
@NullMarked
package io.github.reelbeam;

import org.jspecify.annotations.NullMarked;
