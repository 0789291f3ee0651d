/**
 * What survives the process: one entry per upload, without secrets. {@link
 * io.github.reelbeam.journal.FileUploadJournal} keeps them in a folder, and {@link
 * io.github.reelbeam.journal.UploadJournal} is for apps that keep them elsewhere. What is said of
 * {@link io.github.reelbeam} as a whole holds here too.
 */
@NullMarked
package io.github.reelbeam.journal;

import org.jspecify.annotations.NullMarked;
