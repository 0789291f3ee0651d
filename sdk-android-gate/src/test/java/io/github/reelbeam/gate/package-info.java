/** Whether an app with Reelbeam in it passes Android's build tools, and works when it has. */
@NullMarked
package io.github.reelbeam.gate;

import org.jspecify.annotations.NullMarked;
