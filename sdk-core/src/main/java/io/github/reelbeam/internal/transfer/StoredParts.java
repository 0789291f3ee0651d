package io.github.reelbeam.internal.transfer;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which of the parts in the store an upload can build on. Pure but for the checksums, which read
 * the source.
 *
 * @param partNumbers the parts to keep
 * @param bytes how many bytes they are
 */
record StoredParts(Set<Integer> partNumbers, long bytes) {

  /**
   * One part as the store lists it.
   *
   * @param crc32 its checksum in Base64, or null if the store gives none
   */
  record Listed(int partNumber, long size, @Nullable String crc32) {}

  /** Computes a part's checksum from the source. */
  @FunctionalInterface
  interface LocalChecksum {
    String base64(int partNumber) throws SourceReadException;
  }

  /**
   * Keeps a part if its size is the planned one and its checksum, where the store gives one, is
   * that of the source's bytes. All others are sent again; a part sent again replaces the one
   * stored under its number.
   */
  static StoredParts reconcile(PartPlan plan, List<Listed> listed, @Nullable LocalChecksum local)
      throws SourceReadException {
    Set<Integer> kept = new TreeSet<>();
    long bytes = 0;
    for (Listed part : listed) {
      if (isAsPlanned(plan, part, local) && kept.add(part.partNumber())) {
        bytes += part.size();
      }
    }
    return new StoredParts(kept, bytes);
  }

  private static boolean isAsPlanned(PartPlan plan, Listed part, @Nullable LocalChecksum local)
      throws SourceReadException {
    if (part.partNumber() < 1
        || part.partNumber() > plan.count()
        || part.size() != plan.size(part.partNumber())) {
      return false;
    }
    return local == null
        || part.crc32() == null
        || part.crc32().equals(local.base64(part.partNumber()));
  }
}
