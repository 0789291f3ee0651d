package io.github.reelbeam.benchmarks.contestants;

import java.nio.file.Path;
import java.util.List;

/**
 * A client that uploads files, set up once and used again and again. An implementation has a public
 * constructor that takes a {@link Target}. Used by one thread.
 */
public interface Contestant {

  /** The bucket that everything goes to. */
  String BUCKET = "videos";

  /** The region that requests are signed for. */
  String REGION = "eu-central-1";

  /** The size of a part in bytes, where a file is larger than that. */
  long PART_SIZE = 8L << 20;

  /** How many parts, or whole files where they are smaller, are in flight. */
  int IN_FLIGHT = 8;

  /** Uploads the files side by side, and returns once the store has confirmed all of them. */
  void upload(List<Path> files) throws Exception;
}
