/** Texts that others wrote, before people read them. */
@NullMarked
package io.github.reelbeam.internal.text;

import org.jspecify.annotations.NullMarked;
