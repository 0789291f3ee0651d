package io.github.reelbeam.android;

import android.os.ParcelFileDescriptor;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowParcelFileDescriptor;

/** Robolectric's pipes are files, with a size; on a device they have none, and say so. */
@Implements(ParcelFileDescriptor.class)
public final class PipesLikeADevices extends ShadowParcelFileDescriptor {
  /** What was opened last is wrapped on its way to the app, but still on the same thread. */
  private static final ThreadLocal<Boolean> PIPE = ThreadLocal.withInitial(() -> false);

  static void opening(boolean pipe) {
    PIPE.set(pipe);
  }

  @Override
  @Implementation
  public long getStatSize() {
    return PIPE.get() ? -1 : super.getStatSize();
  }
}
