package io.github.reelbeam.benchmarks.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is uploaded at once.
 *
 * @param files how many files
 * @param size of each in bytes
 */
record Load(int files, long size) {
  private static final Pattern FORM = Pattern.compile("(?:(\\d+)x)?(\\d+)([kmg])");

  /** Beyond that a file is a hole: not even the page cache would hold it. */
  private static final long SPARSE = 4L << 30;

  private static final int CHUNK = 1 << 20;

  /** Understands {@code 1m}, {@code 1g} and {@code 200x1m}. */
  static Load parse(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new IllegalArgumentException("no load: " + text);
    }
    int shift =
        switch (form.group(3)) {
          case "k" -> 10;
          case "m" -> 20;
          default -> 30;
        };
    String files = form.group(1);
    return new Load(
        files == null ? 1 : Integer.parseInt(files), Long.parseLong(form.group(2)) << shift);
  }

  long total() {
    return files * size;
  }

  /** Such as {@code 200 x 1 MiB}. */
  String title() {
    String one =
        size >= 1L << 30
            ? (size >> 30) + " GiB"
            : size >= 1L << 20 ? (size >> 20) + " MiB" : (size >> 10) + " KiB";
    return files == 1 ? one : files + " x " + one;
  }

  /** Makes the files if they are not there yet; they are the same every time. */
  Path folderIn(Path parent) throws IOException {
    Path folder = parent.resolve(title().replace(" ", ""));
    Files.createDirectories(folder);
    for (int i = 0; i < files; i++) {
      Path file = folder.resolve("%04d.mp4".formatted(i));
      if (!Files.exists(file) || Files.size(file) != size) {
        write(file, i);
      }
    }
    return folder;
  }

  private void write(Path file, int seed) throws IOException {
    if (size > SPARSE) {
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.SPARSE)) {
        channel.write(ByteBuffer.allocate(1), size - 1);
      }
      return;
    }
    Random random = new Random(seed);
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = size; left > 0; left -= CHUNK) {
        random.nextBytes(chunk);
        out.write(chunk, 0, (int) Math.min(CHUNK, left));
      }
    }
  }
}
