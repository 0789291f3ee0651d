@NullMarked
package io.github.reelbeam.internal.pipeline;

import org.jspecify.annotations.NullMarked;
