package io.github.reelbeam.internal.transfer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which of the parts in the store an upload can build on. Pure but for the checksums, which read
 * the source.
 *
 * @param parts the parts to keep, by their numbers, and how many bytes each of them has
 */
record StoredParts(Map<Integer, Long> parts) {

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
   * Keeps the parts whose size is the planned one; the others are sent again, and replace those
   * stored under their number.
   *
   * @param listed what the store has; where it gives no checksums, those known from the time when
   *     it confirmed the parts are filled in
   * @param local computes a part's checksum from the source; null if the transfer has none
   * @throws SourceReadException if a stored part is not what the source has at its place: the
   *     source is another one by now
   */
  static StoredParts reconcile(PartPlan plan, List<Listed> listed, @Nullable LocalChecksum local)
      throws SourceReadException {
    Map<Integer, Long> kept = new TreeMap<>();
    for (Listed part : listed) {
      if (hasPlannedSize(plan, part) && kept.putIfAbsent(part.partNumber(), part.size()) == null) {
        verify(part, local);
      }
    }
    return new StoredParts(kept);
  }

  private static boolean hasPlannedSize(PartPlan plan, Listed part) {
    return part.partNumber() >= 1
        && part.partNumber() <= plan.count()
        && part.size() == plan.size(part.partNumber());
  }

  private static void verify(Listed part, @Nullable LocalChecksum local)
      throws SourceReadException {
    if (local != null
        && part.crc32() != null
        && !part.crc32().equals(local.base64(part.partNumber()))) {
      throw new SourceChangedException(
          "the source has changed: part "
              + part.partNumber()
              + " of it is not what was stored. Discard the upload and upload the file anew");
    }
  }
}
