package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.fuzz.BytesInMemory;
import io.github.reelbeam.fuzz.Check;
import io.github.reelbeam.fuzz.Inputs;
import java.util.Arrays;
import java.util.List;

/** The first bytes of a file, and its name: an input is the name, and then the bytes. */
public final class ContentTypesFuzzer {
  private ContentTypesFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) {
    List<byte[]> documents = Inputs.documents(input, 2);
    String name = Inputs.text(documents.get(0));
    byte[] content = documents.size() > 1 ? documents.get(1) : new byte[0];
    VideoSource source = new BytesInMemory(content);
    String type = ContentTypes.detect(source, name);
    Check.that(type.length() <= 255, "a type of " + type.length() + " characters");
    // the request's own rule for what a media type is
    UploadRequest.builder(source).contentType(type);
    Check.that(
        type.equals(
            ContentTypes.detect(new BytesInMemory(Arrays.copyOf(content, content.length)), name)),
        "the same bytes are of another type the second time");
  }
}
