/** Types whose listing is known. */
@org.jspecify.annotations.NullMarked
package io.github.reelbeam.apilisting.sample;
