@org.jspecify.annotations.NullMarked
package io.github.reelbeam.apilisting;
