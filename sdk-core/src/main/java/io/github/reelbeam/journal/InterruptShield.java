package io.github.reelbeam.journal;

/**
 * Puts a thread's interrupt aside for a moment. NIO closes a channel whose thread is interrupted,
 * which must not hit a journal halfway through a change; whoever interrupted is heard right after.
 */
final class InterruptShield implements AutoCloseable {
  private boolean interrupted = Thread.interrupted();

  /** Puts an interrupt aside that came since. */
  void absorb() {
    interrupted |= Thread.interrupted();
  }

  /** Notes an interrupt that was thrown, and so is not in the flag any more. */
  void absorbThrown() {
    interrupted = true;
  }

  /** Gives back what was put aside. */
  @Override
  public void close() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
