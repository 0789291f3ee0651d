package io.github.reelbeam.testservers;

/**
 * The progress of one upload, as the page shows it.
 *
 * @param id tells one upload from another
 * @param name the file's name
 * @param committedBytes in parts that the store has confirmed
 * @param totalBytes of the file
 * @param bytesPerSecond smoothed; 0 where none is known
 * @param state a word such as {@code TRANSFERRING} or {@code PAUSED}
 */
public record LiveUpload(
    String id,
    String name,
    long committedBytes,
    long totalBytes,
    double bytesPerSecond,
    String state) {}
