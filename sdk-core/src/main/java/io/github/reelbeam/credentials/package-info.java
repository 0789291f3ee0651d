/** Where temporary credentials and the object key come from. */
@NullMarked
package io.github.reelbeam.credentials;

import org.jspecify.annotations.NullMarked;
