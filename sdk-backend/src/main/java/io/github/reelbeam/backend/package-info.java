/** Helpers for backends that hand out upload grants. */
@NullMarked
package io.github.reelbeam.backend;

import org.jspecify.annotations.NullMarked;
