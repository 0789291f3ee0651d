package io.github.reelbeam.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.AllOrders;
import io.github.reelbeam.Play;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VirtualTime;
import io.github.reelbeam.internal.log.UploadContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every order in which the last moments of an upload can be told, to whoever comes late too. */
class UploadEventsOrdersTest {

  @Test
  void theEndWhileOthersReport() {
    int ways =
        AllOrders.explore(
            orders -> {
              LastMoments moments = new LastMoments(orders);
              moments.play.actor(moments::stored, moments::end);
              moments.play.actor(moments::bytesMove);
              moments.play.actor(moments::addLate, moments::end);
              moments.play.run();
              moments.verify();
            });
    assertThat(ways).isGreaterThan(1000);
  }

  @Test
  void anExecutorThatRefusesOnce() {
    int ways =
        AllOrders.explore(
            orders -> {
              LastMoments moments = new LastMoments(orders);
              moments.play.mayRefuse(1);
              moments.play.actor(moments::stored, moments::end);
              moments.play.actor(moments::bytesMove);
              moments.play.run();
              moments.play.mayRefuse(0);
              moments.addLate();
              moments.play.run();
              moments.verify();
            });
    assertThat(ways).isGreaterThan(100);
  }

  private static final class LastMoments {
    final Play play;
    private final VirtualTime time = new VirtualTime();
    private final ProgressMeter meter = new ProgressMeter(10, time);
    private final UploadEvents events;
    private final List<Strict> listeners = new ArrayList<>();
    private final Upload upload = new StubUpload();

    LastMoments(AllOrders orders) {
      this.play = new Play(orders);
      this.events = new UploadEvents(play, meter::snapshot, time, UploadContext.NONE);
      events.state(new StateChange(UploadState.GRANTED, UploadState.TRANSFERRING, null));
      add();
    }

    private void add() {
      Strict listener = new Strict(play);
      listeners.add(listener);
      events.add(listener, upload);
    }

    void addLate() {
      add();
    }

    void bytesMove() {
      time.advanceMillis(200);
      meter.sent(1, 5);
      events.progress();
    }

    void stored() {
      events.state(new StateChange(UploadState.TRANSFERRING, UploadState.STORED, null));
      meter.confirmed();
      play.meanwhile();
      events.whole();
      events.progress();
    }

    void end() {
      events.end(UploadListener::onCancelled);
    }

    void verify() {
      assertThat(listeners).allSatisfy(Strict::verify);
    }
  }

  /** Notes what must not be, and lets others go on while it hears. */
  private static final class Strict implements UploadListener {
    private final Play play;
    // not thrown: whatever a listener throws is taken from it
    private final List<String> violations = new ArrayList<>();
    private boolean inside;
    private boolean started;
    private int ends;
    private @Nullable UploadState state;
    private double fraction;

    Strict(Play play) {
      this.play = play;
    }

    private void refuse(boolean wrong, String what) {
      if (wrong) {
        violations.add(what);
      }
    }

    private void hear() {
      refuse(inside, "two events at a time");
      refuse(ends > 0, "an event after the end");
      inside = true;
      play.meanwhile();
      inside = false;
    }

    @Override
    public void onStarted(Upload upload) {
      hear();
      refuse(started, "started twice");
      started = true;
    }

    @Override
    public void onStateChanged(StateChange change) {
      hear();
      refuse(!started, "a state before the start");
      state = change.to();
    }

    @Override
    public void onProgress(UploadProgress progress) {
      hear();
      refuse(progress.fraction() < fraction, "the fraction fell");
      fraction = progress.fraction();
      refuse(fraction == 1.0 && state != UploadState.STORED, "whole before it was stored");
    }

    @Override
    public void onCancelled() {
      hear();
      ends++;
    }

    void verify() {
      assertThat(violations).isEmpty();
      assertThat(ends).as("ends").isEqualTo(1);
    }
  }
}
