/** How the app's backend learns of a stored asset. */
@NullMarked
package io.github.reelbeam.notify;

import org.jspecify.annotations.NullMarked;
