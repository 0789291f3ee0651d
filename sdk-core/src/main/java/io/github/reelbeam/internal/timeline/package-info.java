/** What has happened to an upload, kept within bounds and without secrets. */
@NullMarked
package io.github.reelbeam.internal.timeline;

import org.jspecify.annotations.NullMarked;
