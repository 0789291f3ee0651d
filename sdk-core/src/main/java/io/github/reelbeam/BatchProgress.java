package io.github.reelbeam;

import java.time.Duration;
import java.util.Optional;

/**
 * How far the uploads of an {@link UploadBatch} have come together, at one moment.
 *
 * @param filesCompleted how many are stored, and the backend told
 * @param filesFailed how many have failed in this process
 * @param filesCancelled how many were cancelled
 * @param filesTotal how many there are in all
 * @param committedBytes bytes in parts that S3 has confirmed, those of failed uploads included
 * @param inFlightBytes bytes handed to the network in parts that S3 has not confirmed yet
 * @param remainingBytes bytes still to be sent, of the uploads that are not at their end
 * @param totalBytes the size of all sources together
 * @param bytesPerSecond the rate at which bytes leave, smoothed over some 3 seconds; 0 if nothing
 *     has moved for as long
 * @param fraction 0.0 to 1.0 of the bytes; it never falls, and is 1.0 only once S3 has confirmed
 *     every object of the batch
 */
public record BatchProgress(
    int filesCompleted,
    int filesFailed,
    int filesCancelled,
    int filesTotal,
    long committedBytes,
    long inFlightBytes,
    long remainingBytes,
    long totalBytes,
    long bytesPerSecond,
    double fraction) {

  /** The time left at the present rate; empty while the rate is unknown or nothing moves. */
  public Optional<Duration> timeLeft() {
    return UploadProgress.timeLeft(remainingBytes, bytesPerSecond);
  }
}
