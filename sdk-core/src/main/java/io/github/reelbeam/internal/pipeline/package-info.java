/** The flow of one upload: grant, transfer, notify. The only package that knows the order. */
@NullMarked
package io.github.reelbeam.internal.pipeline;

import org.jspecify.annotations.NullMarked;
