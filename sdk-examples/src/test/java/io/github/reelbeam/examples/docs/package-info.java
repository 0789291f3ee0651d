/** Tests of the documents. */
@NullMarked
package io.github.reelbeam.examples.docs;

import org.jspecify.annotations.NullMarked;
