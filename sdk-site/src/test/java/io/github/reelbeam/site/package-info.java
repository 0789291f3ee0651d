@NullMarked
package io.github.reelbeam.site;

import org.jspecify.annotations.NullMarked;
