package io.github.reelbeam.android;

import android.content.Context;
import android.net.ConnectivityManager;
import android.net.ConnectivityManager.NetworkCallback;
import android.net.Network;
import android.net.NetworkCapabilities;
import io.github.reelbeam.NetworkPolicy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Lets uploads use the device's default network: any, or only one that is not metered, such as most
 * Wi-Fi. While there is no such network uploads wait, and cost no battery with attempts.
 *
 * <p>Needs the permission {@code android.permission.ACCESS_NETWORK_STATE}. Safe for use by many
 * threads.
 */
public final class DeviceNetwork implements NetworkPolicy {
  private final ConnectivityManager connectivity;
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private volatile boolean unmeteredOnly;

  /** While somebody watches: what Android told last; null if it has told nothing. */
  private volatile @Nullable Told told;

  private DeviceNetwork(Context context, boolean unmeteredOnly) {
    this.connectivity =
        Objects.requireNonNull(
            context.getApplicationContext().getSystemService(ConnectivityManager.class),
            "a device without a ConnectivityManager");
    this.unmeteredOnly = unmeteredOnly;
  }

  /**
   * Uploads use any network that leads to the internet.
   *
   * @param context any context of the app
   */
  public static DeviceNetwork any(Context context) {
    return new DeviceNetwork(context, false);
  }

  /**
   * Uploads wait for a network that is not metered.
   *
   * @param context any context of the app
   */
  public static DeviceNetwork unmetered(Context context) {
    return new DeviceNetwork(context, true);
  }

  /** Changes what is asked of the network, as a switch in the app's settings does; at any time. */
  public void setUnmeteredOnly(boolean only) {
    unmeteredOnly = only;
    watchers.forEach(Runnable::run);
  }

  @Override
  public boolean allowsUploads() {
    // not asked again from within a callback: Android may answer there what was before
    Told last = told;
    NetworkCapabilities network = last == null ? ask() : last.capabilities();
    return network != null && allows(network);
  }

  private @Nullable NetworkCapabilities ask() {
    try {
      return connectivity.getNetworkCapabilities(connectivity.getActiveNetwork());
    } catch (SecurityException e) {
      throw noPermission(e);
    }
  }

  private boolean allows(NetworkCapabilities network) {
    return network.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET)
        && (!unmeteredOnly
            || network.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED));
  }

  @Override
  public Watch watch(Runnable change) {
    Callback callback = new Callback(change);
    try {
      connectivity.registerDefaultNetworkCallback(callback);
    } catch (SecurityException e) {
      throw noPermission(e);
    }
    watchers.add(change);
    return () -> {
      if (watchers.remove(change)) {
        connectivity.unregisterNetworkCallback(callback);
        if (watchers.isEmpty()) {
          told = null;
        }
      }
    };
  }

  private static IllegalStateException noPermission(SecurityException cause) {
    return new IllegalStateException(
        "the network may not be looked at: add <uses-permission"
            + " android:name=\"android.permission.ACCESS_NETWORK_STATE\"/> to the app's manifest, or"
            + " set NetworkPolicy.any()",
        cause);
  }

  /** The default network and what it can do; neither if it was lost. */
  private record Told(@Nullable Network network, @Nullable NetworkCapabilities capabilities) {}

  /** Android calls it on a thread of its own, and of a new network it tells what that can do. */
  private final class Callback extends NetworkCallback {
    private final Runnable change;

    Callback(Runnable change) {
      this.change = change;
    }

    @Override
    public void onCapabilitiesChanged(
        @Nullable Network network, @Nullable NetworkCapabilities now) {
      told = new Told(network, now);
      change.run();
    }

    @Override
    public void onLost(@Nullable Network network) {
      Told last = told;
      if (last == null || Objects.equals(last.network(), network)) {
        told = new Told(null, null);
      }
      change.run();
    }
  }
}
