@NullMarked
package io.github.reelbeam.internal.progress;

import org.jspecify.annotations.NullMarked;
