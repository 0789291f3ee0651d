package io.github.reelbeam.benchmarks.harness;

/**
 * One measurement and what it is of.
 *
 * @param mode warm, cold or memory
 * @param cell the load, with the heap if that is set
 * @param entrant who
 * @param round counted from 1
 * @param measurement what it cost
 */
record Result(String mode, String cell, Entrant entrant, int round, Measurement measurement) {}
