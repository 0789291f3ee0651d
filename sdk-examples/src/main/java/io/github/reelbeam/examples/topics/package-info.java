/** One small program per topic: read the one you need. */
@NullMarked
package io.github.reelbeam.examples.topics;

import org.jspecify.annotations.NullMarked;
