@NullMarked
package io.github.reelbeam.backend;

import org.jspecify.annotations.NullMarked;
