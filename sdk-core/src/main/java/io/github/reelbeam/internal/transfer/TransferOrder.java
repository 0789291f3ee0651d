package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one run is to do.
 *
 * @param source the bytes
 * @param plan how they are cut
 * @param object what the object is to be like
 * @param target where it goes
 * @param multipartUploadId the multipart upload to go on with; null to begin
 * @param confirmed the CRC32 in Base64 of parts confirmed earlier, by part number, as far as known
 * @param checksummed whether parts and object carry a CRC32
 * @param credentials gives credentials that are good now, renewed if need be
 * @param priority says which uploads this one goes before; the answer may change during the run
 * @param context names the upload in the log
 */
public record TransferOrder(
    VideoSource source,
    PartPlan plan,
    ObjectProperties object,
    Target target,
    @Nullable String multipartUploadId,
    Map<Integer, String> confirmed,
    boolean checksummed,
    Supplier<CompletableFuture<TemporaryCredentials>> credentials,
    Supplier<UploadPriority> priority,
    UploadContext context) {}
