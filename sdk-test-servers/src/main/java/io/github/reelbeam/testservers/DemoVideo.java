package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes an MP4 file of any size that players play from the first to the last second: a clip of 3.2
 * seconds, repeated. Only the clip is held in memory.
 *
 * <p>The clip is fragmented: behind the head of the file comes one fragment ({@code moof} and
 * {@code mdat}) with all of its pictures and sound. A fragment is repeated by writing it again with
 * the next sequence number and a later decode time; an index ({@code sidx}) in front of the
 * fragments lets players seek. 3.2 seconds are 80 pictures at 25 a second and also 150 AAC frames
 * at 48 kHz, so that sound and picture stay together over any number of repeats.
 *
 * <p>It was made with ffmpeg 5.1, the sound first: encoded together with the pictures it would
 * start a little before them, and the first picture would be longer than the others to make up for
 * it.
 *
 * <pre>
 * ffmpeg -f lavfi -i sine=frequency=440:beep_factor=4:sample_rate=48000:duration=3.2 \
 *   -af atrim=end_sample=152576 -c:a aac -b:a 64k -ac 1 -flags:a +bitexact sound.aac
 * ffmpeg -f lavfi -i testsrc2=size=640x360:rate=25:duration=3.2 -i sound.aac -map 0:v -map 1:a \
 *   -c:a copy -bsf:a aac_adtstoasc -c:v libx264 -profile:v baseline -preset slow -crf 30 \
 *   -pix_fmt yuv420p -g 80 -sc_threshold 0 -fflags +bitexact -flags:v +bitexact -map_metadata -1 \
 *   -movflags +empty_moov+default_base_moof -frag_duration 10000000 clip.mp4
 * </pre>
 */
public final class DemoVideo {

  private static final int LOOP_MILLIS = 3200;

  /** A sidx counts its entries in 16 bits. */
  private static final int MOST_LOOPS = 0xFFFF;

  private static final int STARTS_WITH_SYNC_SAMPLE = 0x9000_0000;

  private final ByteBuffer clip;
  private final Map<Integer, Integer> timescales = new HashMap<>();

  private DemoVideo(byte[] bytes) {
    this.clip = ByteBuffer.wrap(bytes);
    for (Mp4Box track : Mp4Box.find(clip, "moov/trak")) {
      timescales.put(
          clip.getInt(track.child(clip, "tkhd").start() + 20),
          clip.getInt(track.child(clip, "mdia/mdhd").start() + 20));
    }
  }

  /**
   * Writes a video of about the given size, at least one repeat long.
   *
   * @param approximateBytes met to within 80 KB; at most about 10 GB
   * @return how long it plays
   * @throws IllegalArgumentException if that is more than the index can hold
   */
  public static Duration write(Path file, long approximateBytes) throws IOException {
    try (InputStream in =
            requireNonNull(DemoVideo.class.getResourceAsStream("clip.mp4"), "clip.mp4");
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      return new DemoVideo(in.readAllBytes()).repeat(out, approximateBytes);
    }
  }

  private Duration repeat(OutputStream out, long approximateBytes) throws IOException {
    Mp4Box fragment = Mp4Box.find(clip, "moof").get(0);
    Mp4Box media = Mp4Box.find(clip, "mdat").get(0);
    int fragmentSize = media.end() - fragment.start();
    long loops = Math.max(1, Math.round((double) approximateBytes / fragmentSize));
    if (loops > MOST_LOOPS) {
      throw new IllegalArgumentException("too long for one index: " + approximateBytes);
    }
    out.write(clip.array(), 0, Mp4Box.find(clip, "ftyp").get(0).end());
    out.write(head((int) loops));
    out.write(index((int) loops, fragmentSize));
    List<DecodeTime> times = decodeTimes();
    int sequenceNumber = fragment.child(clip, "mfhd").start() + 12;
    for (int loop = 0; loop < loops; loop++) {
      clip.putInt(sequenceNumber, loop + 1);
      for (DecodeTime time : times) {
        clip.putLong(time.position(), time.first() + loop * ticks(time.timescale()));
      }
      out.write(clip.array(), fragment.start(), fragmentSize);
    }
    return Duration.ofMillis(LOOP_MILLIS).multipliedBy(loops);
  }

  private static long ticks(int timescale) {
    return (long) timescale * LOOP_MILLIS / 1000;
  }

  /** The moov box, with a box for the duration of the whole (mehd) put in. */
  private byte[] head(int loops) {
    Mp4Box moov = Mp4Box.find(clip, "moov").get(0);
    Mp4Box mvex = moov.child(clip, "mvex");
    ByteBuffer duration =
        ByteBuffer.allocate(16).putInt(16).put("mehd".getBytes(US_ASCII)).putInt(0);
    int movieTimescale = clip.getInt(moov.child(clip, "mvhd").start() + 20);
    duration.putInt((int) (loops * ticks(movieTimescale)));

    ByteBuffer longer = ByteBuffer.allocate(moov.size() + duration.capacity());
    int firstInMvex = mvex.start() + 8;
    longer.put(clip.array(), moov.start(), firstInMvex - moov.start());
    longer.put(duration.array());
    longer.put(clip.array(), firstInMvex, moov.end() - firstInMvex);
    longer.putInt(0, longer.capacity());
    longer.putInt(mvex.start() - moov.start(), mvex.size() + duration.capacity());
    return longer.array();
  }

  /** A sidx box: how long each fragment is in bytes and in time, and that one can start there. */
  private byte[] index(int loops, int fragmentSize) {
    int firstTrack = 1;
    int timescale = requireNonNull(timescales.get(firstTrack));
    ByteBuffer sidx = ByteBuffer.allocate(40 + 12 * loops);
    sidx.putInt(sidx.capacity()).put("sidx".getBytes(US_ASCII));
    sidx.putInt(1 << 24).putInt(firstTrack).putInt(timescale);
    sidx.putLong(0).putLong(0).putShort((short) 0).putShort((short) loops);
    for (int loop = 0; loop < loops; loop++) {
      sidx.putInt(fragmentSize).putInt((int) ticks(timescale)).putInt(STARTS_WITH_SYNC_SAMPLE);
    }
    return sidx.array();
  }

  /** Where a track's fragment says when it starts. */
  private record DecodeTime(int position, long first, int timescale) {}

  private List<DecodeTime> decodeTimes() {
    List<DecodeTime> times = new ArrayList<>();
    for (Mp4Box track : Mp4Box.find(clip, "moof/traf")) {
      int position = track.child(clip, "tfdt").start() + 12;
      int trackId = clip.getInt(track.child(clip, "tfhd").start() + 12);
      times.add(
          new DecodeTime(
              position, clip.getLong(position), requireNonNull(timescales.get(trackId))));
    }
    return times;
  }
}
