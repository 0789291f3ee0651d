package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a box lies in an MP4 file (ISO/IEC 14496-12): four bytes of size, four of type, content.
 *
 * @param start of its size field
 * @param end of its content, exclusive
 */
record Mp4Box(String type, int start, int end) {

  private static final int HEADER = 8;

  /** The boxes on a path such as {@code moov/trak/tkhd}, from the top of the file. */
  static List<Mp4Box> find(ByteBuffer file, String path) {
    return new Mp4Box("", -HEADER, file.limit()).descend(file, path);
  }

  /** The first box on the path below this one. */
  Mp4Box child(ByteBuffer file, String path) {
    return descend(file, path).get(0);
  }

  int size() {
    return end - start;
  }

  private List<Mp4Box> descend(ByteBuffer file, String path) {
    String[] steps = path.split("/", 2);
    List<Mp4Box> found = new ArrayList<>();
    int at = start + HEADER;
    while (at < end) {
      byte[] type = new byte[4];
      file.get(at + 4, type);
      Mp4Box box = new Mp4Box(new String(type, US_ASCII), at, at + file.getInt(at));
      if (box.type.equals(steps[0])) {
        found.addAll(steps.length == 1 ? List.of(box) : box.descend(file, steps[1]));
      }
      at = box.end;
    }
    return found;
  }
}
