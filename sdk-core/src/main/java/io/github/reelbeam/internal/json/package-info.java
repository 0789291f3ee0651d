/** The JSON of the wire contract and of the journal. The only package that knows Jackson. */
@NullMarked
package io.github.reelbeam.internal.json;

import org.jspecify.annotations.NullMarked;
