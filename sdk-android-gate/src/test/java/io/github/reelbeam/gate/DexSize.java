package io.github.reelbeam.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * How much an app grows.
 *
 * @param onDevice bytes of the dex files
 * @param inPackage bytes of the same, deflated, as they are downloaded
 */
record DexSize(long onDevice, long inPackage) {

  static DexSize of(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return file.stream()
          .filter(entry -> entry.getName().endsWith(".dex"))
          .map(DexSize::of)
          .reduce(new DexSize(0, 0), DexSize::plus);
    }
  }

  private static DexSize of(ZipEntry entry) {
    return new DexSize(entry.getSize(), entry.getCompressedSize());
  }

  private DexSize plus(DexSize other) {
    return new DexSize(onDevice + other.onDevice, inPackage + other.inPackage);
  }

  @Override
  public String toString() {
    return "%,d bytes, %,d deflated".formatted(onDevice, inPackage);
  }
}
