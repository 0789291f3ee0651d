/** A process that uploads a thousand videos, and what it keeps of them: nothing. */
@NullMarked
package io.github.reelbeam.leaks;

import org.jspecify.annotations.NullMarked;
