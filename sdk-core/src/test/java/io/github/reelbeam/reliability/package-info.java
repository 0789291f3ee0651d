/** Every fault at every stage, and what becomes of the upload. */
@org.jspecify.annotations.NullMarked
package io.github.reelbeam.reliability;
