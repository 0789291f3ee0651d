/** Uploads as Micrometer's meters. */
@NullMarked
package io.github.reelbeam.micrometer;

import org.jspecify.annotations.NullMarked;
