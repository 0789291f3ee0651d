/** Hundreds of uploads among faults of all kinds, with what must hold after each. */
@org.jspecify.annotations.NullMarked
package io.github.reelbeam.soak;
