/** What makes, and looks at, what a release publishes. */
@NullMarked
package io.github.reelbeam.release;

import org.jspecify.annotations.NullMarked;
