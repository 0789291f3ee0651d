package io.github.reelbeam.fuzz;

import java.util.Arrays;
import java.util.List;

/**
 * All fuzzers in one process, for the ordinary build: to start Jazzer takes longer than the little
 * time that each of them has there. The first byte of an input says whose it is.
 */
public final class EveryFuzzer {
  private static final int FIRST = 'A';
  private static final List<Fuzzer> ALL = List.of(Fuzzer.values());

  private EveryFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (input.length > 0) {
      fuzzer(input).run(content(input));
    }
  }

  /** An input of one fuzzer, as this one takes it. */
  static byte[] marked(Fuzzer fuzzer, byte[] content) {
    byte[] input = new byte[content.length + 1];
    input[0] = (byte) (FIRST + ALL.indexOf(fuzzer));
    System.arraycopy(content, 0, input, 1, content.length);
    return input;
  }

  /** Whose input it is. */
  static Fuzzer fuzzer(byte[] input) {
    return ALL.get(Math.floorMod(input[0] - FIRST, ALL.size()));
  }

  /** The input as its own fuzzer takes it. */
  static byte[] content(byte[] input) {
    return Arrays.copyOfRange(input, 1, input.length);
  }
}
