package io.github.reelbeam.testservers;

import java.util.List;

/**
 * A multipart upload that was neither completed nor aborted.
 *
 * @param partNumbers the parts stored so far, in ascending order
 * @param storedBytes the sum of their sizes
 */
public record OpenUpload(
    String key, String uploadId, List<Integer> partNumbers, long storedBytes) {}
