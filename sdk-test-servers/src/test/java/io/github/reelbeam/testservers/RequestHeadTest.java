package io.github.reelbeam.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.testservers.RequestHead.Kind;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadTest {

  @ParameterizedTest
  @CsvSource({
    "POST,   /videos/a.mp4?uploads,                  CREATE",
    "POST,   /videos/a.mp4?uploads=&x=y,             CREATE",
    "PUT,    /videos/a.mp4?partNumber=7&uploadId=u,  PART",
    "PUT,    /videos/a.mp4?uploadId=u&partNumber=7,  PART",
    "GET,    /videos/a.mp4?uploadId=u&max-parts=10,  LIST",
    "POST,   /videos/a.mp4?uploadId=u,               COMPLETE",
    "DELETE, /videos/a.mp4?uploadId=u,               ABORT",
    "PUT,    /videos/a.mp4,                          PUT",
    "POST,   /api/v1/uploads,                        GRANT",
    "POST,   /api/v1/uploads/renewals,               RENEWAL",
    "POST,   /api/v1/video,                          NOTIFICATION",
    "GET,    /api/v1/video,                          OTHER",
    "GET,    /videos/a.mp4,                          OTHER",
    "DELETE, /videos/a.mp4,                          OTHER"
  })
  void saysWhatIsAskedFor(String method, String target, Kind kind) {
    assertThat(new RequestHead(method, target, Map.of(), 1).kind()).isEqualTo(kind);
  }
}
