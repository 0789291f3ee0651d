package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.UploadListener.PartRetry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a run does, on the threads that do it. {@link #multipartOpened} and {@link
 * #beforeComplete} may throw: the run then ends with what they threw.
 */
public interface TransferObserver {

  /**
   * The store has opened a multipart upload. No part goes out before this returns, so that the id
   * can be made durable first.
   */
  void multipartOpened(String multipartUploadId);

  /** The run begins with these parts stored already: their numbers, and how many bytes each has. */
  void resumed(Map<Integer, Long> stored);

  /** Bytes of a part went to the network. */
  void partSent(int partNumber, long bytes);

  /** What was sent of a part is lost. */
  void partDropped(int partNumber);

  /**
   * The store has confirmed a part.
   *
   * @param crc32 its checksum in Base64, or null if the transfer is not checksummed
   */
  void partCommitted(int partNumber, long bytes, @Nullable String crc32);

  /** A request goes out; if it carries a part, the part's turn has come. */
  void requestSent();

  /** A request that went out is over, whatever has come of it. */
  void requestEnded(StoreRequest request);

  /** A part failed, and will be sent again. */
  void partRetry(PartRetry retry);

  /** The store cannot be reached; the run goes on trying. */
  void unreachable();

  /** The store answers (again). */
  void reachable();

  /** All parts are stored; the object comes into being when this returns. */
  void beforeComplete();
}
