package io.github.reelbeam.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes files and folders that only their owner can open, from the first moment on: permissions
 * that are set afterwards leave a gap. Without POSIX permissions those of the parent folder hold.
 */
final class OwnerOnly {
  private static final FileAttribute<?>[] FILE = permissions("rw-------");
  private static final FileAttribute<?>[] FOLDER = permissions("rwx------");

  private OwnerOnly() {}

  private static FileAttribute<?>[] permissions(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Makes a new file; fails if there is one. */
  static void create(Path file) throws IOException {
    Files.createFile(file, FILE);
  }

  static void createIfAbsent(Path file) throws IOException {
    if (Files.notExists(file)) {
      try {
        create(file);
      } catch (FileAlreadyExistsException e) {
        // another process was faster: as good
        return;
      }
    }
  }

  /**
   * Makes a folder and what is missing above it, so that a power cut takes none of them away again;
   * one that is there keeps its permissions.
   */
  static void createFolder(Path folder, Disk disk) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      createFolder(parent, disk);
    }
    // several, although there is one to make: it does not fail if another process is faster
    Files.createDirectories(folder, FOLDER);
    if (parent != null) {
      disk.force(parent);
    }
  }
}
