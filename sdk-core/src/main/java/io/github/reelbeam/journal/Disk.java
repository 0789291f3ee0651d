package io.github.reelbeam.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a journal changes on the disk, step by step. Between any two of the steps the power may
 * fail, and what has not been forced by then may be gone, in part or in another order; this is
 * where a test cuts it.
 */
interface Disk {

  /** Makes a new file for its owner only; fails if there is one. */
  NewFile create(Path file) throws IOException;

  /** Gives a file another name, at which it replaces what is there. */
  void rename(Path from, Path to) throws IOException;

  /** Takes a name away if it is there. */
  void delete(Path file) throws IOException;

  /**
   * Forces a folder's names to the disk: files made, renamed and deleted. Windows and some Android
   * file systems cannot, and need not: there a rename is in the file system's own journal.
   */
  void force(Path folder);

  /** A file on its way. */
  interface NewFile extends Closeable {
    void write(byte[] bytes) throws IOException;

    /** Forces what was written to the disk. */
    void force() throws IOException;
  }
}
