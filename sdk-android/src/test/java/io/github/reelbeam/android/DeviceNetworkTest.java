package io.github.reelbeam.android;

import static org.assertj.core.api.Assertions.assertThat;

import android.content.Context;
import android.net.ConnectivityManager;
import android.net.ConnectivityManager.NetworkCallback;
import android.net.Network;
import android.net.NetworkCapabilities;
import io.github.reelbeam.NetworkPolicy.Watch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowConnectivityManager;
import org.robolectric.shadows.ShadowNetwork;
import org.robolectric.shadows.ShadowNetworkCapabilities;

/** What Android says of its networks, as an answer to whether uploads may use them. */
@RunWith(RobolectricTestRunner.class)
public final class DeviceNetworkTest {
  private Context context;
  private ConnectivityManager connectivity;

  @Before
  public void find() {
    context = RuntimeEnvironment.getApplication();
    connectivity = context.getSystemService(ConnectivityManager.class);
  }

  // not by Shadows.shadowOf, which wants the classes of later Androids
  private ShadowConnectivityManager shadow() {
    return Shadow.extract(connectivity);
  }

  private static ShadowNetworkCapabilities capabilities(NetworkCapabilities network) {
    return Shadow.extract(network);
  }

  private static NetworkCapabilities with(int... capabilities) {
    NetworkCapabilities network = ShadowNetworkCapabilities.newInstance();
    capabilities(network).removeCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED);
    for (int capability : capabilities) {
      capabilities(network).addCapability(capability);
    }
    return network;
  }

  private void network(int... capabilities) {
    NetworkCapabilities now = with(capabilities);
    shadow().setNetworkCapabilities(connectivity.getActiveNetwork(), now);
    tell(connectivity.getActiveNetwork(), now);
  }

  private void tell(Network network, NetworkCapabilities now) {
    for (NetworkCallback callback : shadow().getNetworkCallbacks()) {
      callback.onCapabilitiesChanged(network, now);
    }
  }

  private void tellLost(Network network) {
    for (NetworkCallback callback : shadow().getNetworkCallbacks()) {
      callback.onLost(network);
    }
  }

  @Test
  public void aMeteredNetworkIsGoodEnoughForSome() {
    network(NetworkCapabilities.NET_CAPABILITY_INTERNET);
    assertThat(DeviceNetwork.any(context).allowsUploads()).isTrue();
    assertThat(DeviceNetwork.unmetered(context).allowsUploads()).isFalse();
  }

  @Test
  public void anUnmeteredNetworkIsGoodEnoughForAll() {
    network(
        NetworkCapabilities.NET_CAPABILITY_INTERNET,
        NetworkCapabilities.NET_CAPABILITY_NOT_METERED);
    assertThat(DeviceNetwork.any(context).allowsUploads()).isTrue();
    assertThat(DeviceNetwork.unmetered(context).allowsUploads()).isTrue();
  }

  @Test
  public void aNetworkThatLeadsNowhereIsNone() {
    network(NetworkCapabilities.NET_CAPABILITY_NOT_METERED);
    assertThat(DeviceNetwork.any(context).allowsUploads()).isFalse();
  }

  @Test
  public void withoutANetworkUploadsWait() {
    shadow().setDefaultNetworkActive(false);
    shadow().setActiveNetworkInfo(null);
    assertThat(DeviceNetwork.any(context).allowsUploads()).isFalse();
  }

  @Test
  public void theAppsSettingIsHeardOfAtOnce() {
    network(NetworkCapabilities.NET_CAPABILITY_INTERNET);
    DeviceNetwork network = DeviceNetwork.any(context);
    AtomicInteger changes = new AtomicInteger();
    Watch watch = network.watch(changes::incrementAndGet);
    network.setUnmeteredOnly(true);
    assertThat(changes).hasValue(1);
    assertThat(network.allowsUploads()).isFalse();
    watch.close();
  }

  @Test
  public void changesAreToldUntilNobodyWatches() {
    DeviceNetwork network = DeviceNetwork.unmetered(context);
    AtomicInteger changes = new AtomicInteger();
    Watch watch = network.watch(changes::incrementAndGet);
    network(NetworkCapabilities.NET_CAPABILITY_INTERNET);
    assertThat(changes).hasValue(1);
    watch.close();
    watch.close();
    network.setUnmeteredOnly(false);
    assertThat(shadow().getNetworkCallbacks()).isEmpty();
    assertThat(changes).hasValue(1);
  }

  @Test
  public void whoIsToldOfANetworkNeedNotAskForIt() {
    network(NetworkCapabilities.NET_CAPABILITY_INTERNET);
    DeviceNetwork network = DeviceNetwork.unmetered(context);
    AtomicBoolean allowed = new AtomicBoolean();
    Watch watch = network.watch(() -> allowed.set(network.allowsUploads()));

    // Android still answers with the network before, as it may while it calls back
    Network wifi = ShadowNetwork.newInstance(7);
    tell(
        wifi,
        with(
            NetworkCapabilities.NET_CAPABILITY_INTERNET,
            NetworkCapabilities.NET_CAPABILITY_NOT_METERED));
    assertThat(allowed).isTrue();
    tellLost(wifi);
    assertThat(allowed).isFalse();

    watch.close();
    network(
        NetworkCapabilities.NET_CAPABILITY_INTERNET,
        NetworkCapabilities.NET_CAPABILITY_NOT_METERED);
    assertThat(network.allowsUploads()).isTrue();
  }

  @Test
  public void aNetworkThatWasLeftForAnotherMayGo() {
    DeviceNetwork network = DeviceNetwork.any(context);
    Watch watch = network.watch(() -> {});
    tell(ShadowNetwork.newInstance(7), with(NetworkCapabilities.NET_CAPABILITY_INTERNET));
    tell(ShadowNetwork.newInstance(8), with(NetworkCapabilities.NET_CAPABILITY_INTERNET));
    tellLost(ShadowNetwork.newInstance(7));
    assertThat(network.allowsUploads()).isTrue();
    tellLost(ShadowNetwork.newInstance(8));
    assertThat(network.allowsUploads()).isFalse();
    watch.close();
  }
}
