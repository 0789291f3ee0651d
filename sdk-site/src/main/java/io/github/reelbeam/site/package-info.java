/** Makes the documents ready for the generator of the site. */
@NullMarked
package io.github.reelbeam.site;

import org.jspecify.annotations.NullMarked;
