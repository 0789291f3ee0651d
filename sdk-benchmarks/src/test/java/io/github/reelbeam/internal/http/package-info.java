@NullMarked
package io.github.reelbeam.internal.http;

import org.jspecify.annotations.NullMarked;
