package io.github.reelbeam.benchmarks.harness;

/**
 * What one upload of a load cost.
 *
 * @param wall seconds that passed
 * @param cpu seconds that the process spent on all cores
 * @param allocated bytes on the Java heap, or NaN if that is not known
 * @param peak bytes of the process that were resident at most, since it was started
 * @param storeCpu seconds that the store spent on it
 */
record Measurement(double wall, double cpu, double allocated, double peak, double storeCpu) {}
