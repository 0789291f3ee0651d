package io.github.reelbeam.testservers;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A request to the notification endpoint, as it came; the answer may have been a refusal.
 *
 * @param idempotencyKey the header, or null
 */
public record Notification(@Nullable String idempotencyKey, JsonNode body) {}
