@NullMarked
package io.github.reelbeam.testservers;

import org.jspecify.annotations.NullMarked;
