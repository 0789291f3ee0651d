/** What survives the process: one entry per upload, without secrets. */
@NullMarked
package io.github.reelbeam.journal;

import org.jspecify.annotations.NullMarked;
