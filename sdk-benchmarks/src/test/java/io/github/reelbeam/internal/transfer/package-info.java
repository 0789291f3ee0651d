@NullMarked
package io.github.reelbeam.internal.transfer;

import org.jspecify.annotations.NullMarked;
