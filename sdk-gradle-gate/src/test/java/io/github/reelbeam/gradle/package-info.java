@NullMarked
package io.github.reelbeam.gradle;

import org.jspecify.annotations.NullMarked;
