package io.github.reelbeam.backend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A bucket of a few objects that can be out of order. */
final class FakeBucket implements VideoBucket {
  static final String NAME = "videos";

  final Map<String, StoredObject> objects = new ConcurrentHashMap<>();
  final List<String> cleaned = new CopyOnWriteArrayList<>();
  volatile @Nullable RuntimeException failure;
  volatile @Nullable RuntimeException cleaningFailure;

  void put(String key, long size, @Nullable String eTag, @Nullable AssetChecksum checksum) {
    objects.put(key, new StoredObject(key, size, "video/mp4", eTag, checksum));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<StoredObject> find(String key) {
    RuntimeException now = failure;
    if (now != null) {
      throw now;
    }
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public int abortOpenUploads(String key) {
    cleaned.add(key);
    RuntimeException now = cleaningFailure;
    if (now != null) {
      throw now;
    }
    return 0;
  }
}
