package io.github.reelbeam.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.reelbeam.TestFiles;
import io.github.reelbeam.crash.CrashSite.Leftovers;
import io.github.reelbeam.crash.CrashingUploader.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed right before and right after every change of the journal and every effect
 * on a server, then started again. The points are not written down here: an undisturbed upload
 * names them, so that none can be forgotten.
 */
class KillAtEveryTransitionIT {
  private static final int PART = CrashSite.PART;
  private static final int PARALLELISM = 4;

  @TempDir static Path folder;

  @BeforeAll
  static void makeStartsFast() throws Exception {
    Path file = TestFiles.random(folder.resolve("for-the-archive.mp4"), 2 * PART);
    try (CrashSite site = site(file, "undisturbed", Leftovers.MUST_NOT_BE);
        UploaderProcess archiving = site.startArchiving()) {
      assertThat(archiving.awaitExit()).as("%s", archiving).isZero();
    }
  }

  @TestFactory
  Stream<DynamicNode> multipart() throws Exception {
    Path file = TestFiles.random(folder.resolve("three-parts.mp4"), 2 * PART + 123_456);
    List<String> points = record(file);
    assertThat(points)
        .contains(
            "before journal create",
            "after grant",
            "after S3 CreateMultipartUpload",
            "before S3 UploadPart 1",
            "after S3 UploadPart 2",
            "after S3 UploadPart 3",
            "before S3 CompleteMultipartUpload",
            "before journal write STORED",
            "after notification",
            "after journal remove");
    return Stream.of(killAtEach(file, points));
  }

  @TestFactory
  Stream<DynamicNode> singlePut() throws Exception {
    Path file = TestFiles.random(folder.resolve("one-part.mp4"), PART - 1);
    List<String> points = record(file);
    assertThat(points)
        .contains("before S3 PutObject", "after S3 PutObject", "after journal remove")
        .noneMatch(point -> point.contains("UploadPart"));
    return Stream.of(killAtEach(file, points));
  }

  private static CrashSite site(Path file, String name, Leftovers leftovers) throws Exception {
    Path own = folder.resolve(file.getFileName() + "-" + name.replace(' ', '-'));
    return new CrashSite(file, own, PARALLELISM, 0, leftovers);
  }

  /** Every point that an undisturbed upload passes, each of them twice: before and after. */
  private static List<String> record(Path file) throws Exception {
    try (CrashSite site = site(file, "undisturbed", Leftovers.MUST_NOT_BE);
        UploaderProcess undisturbed = site.start(Task.UPLOAD)) {
      assertThat(undisturbed.awaitExit()).as("%s", undisturbed).isZero();
      site.verifyDone(0);
      List<String> points = undisturbed.points();
      assertThat(points.stream().filter(point -> point.startsWith("before ")))
          .allSatisfy(point -> assertThat(points).contains(point.replace("before ", "after ")));
      System.out.println(file.getFileName() + " passes " + points.size() + " points:");
      points.forEach(point -> System.out.println("  " + point));
      return points;
    }
  }

  private static DynamicNode killAtEach(Path file, List<String> points) {
    return dynamicContainer(
        String.valueOf(file.getFileName()),
        points.stream()
            .map(
                point ->
                    dynamicTest(
                        "killed " + point,
                        () -> killAndStartAgain(file, point, leftovers(points, point)))));
  }

  /**
   * A multipart upload is known to nobody from the moment when the store has opened it until the
   * journal has its id. At all other points the client alone has to see to it that none is left.
   */
  private static Leftovers leftovers(List<String> points, String point) {
    List<String> afterCreate =
        points.stream()
            .dropWhile(passed -> !passed.equals("after S3 CreateMultipartUpload"))
            .takeWhile(passed -> !passed.startsWith("after journal write"))
            .toList();
    return afterCreate.contains(point) ? Leftovers.ARE_ABORTED : Leftovers.MUST_NOT_BE;
  }

  private static void killAndStartAgain(Path file, String point, Leftovers leftovers)
      throws Exception {
    try (CrashSite site = site(file, point, leftovers);
        UploaderProcess killed = site.start(Task.UPLOAD, point)) {
      assertThat(killed.awaitExit()).as("%s", killed).isEqualTo(CrashPoints.KILLED);
      assertThat(killed.points()).last().isEqualTo(point);
      long inFlight = bytesInFlight(killed, Files.size(file));

      try (UploaderProcess second = site.startAgain(killed.hasPrinted(CrashingUploader.ACCEPTED))) {
        assertThat(second.awaitExit()).as("%s", second).isZero();
      }
      site.verifyDone(inFlight);
    }
  }

  /** What had left the process without its knowing that it is stored. */
  private static long bytesInFlight(UploaderProcess killed, long size) {
    if (size <= PART) {
      // The store does not say whether a single PUT has come through: until the journal knows, it
      // is in flight.
      return killed.hasPrinted("after journal write STORED") ? 0 : size;
    }
    return killed.partsInFlight().stream()
        .mapToLong(part -> Math.min(PART, size - (part - 1L) * PART))
        .sum();
  }
}
