/** What a log line says besides its words: who says it, and for which upload. */
@NullMarked
package io.github.reelbeam.internal.log;

import org.jspecify.annotations.NullMarked;
