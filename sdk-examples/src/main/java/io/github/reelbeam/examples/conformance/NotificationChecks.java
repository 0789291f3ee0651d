package io.github.reelbeam.examples.conformance;

import io.github.reelbeam.VideoAsset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** A client tells of a stored video, perhaps more than once. */
final class NotificationChecks {
  private static final int AT_ONCE = 8;
  private static final String CATCH =
      "Catch the violation of the unique constraint, and answer with the asset that is there.";

  private NotificationChecks() {}

  static List<Check> list() {
    return List.of(
        new Check(
            "notification.status",
            "The notification of a stored video is answered with 200, 201 or 204",
            "Otherwise a client tells of it again, or gives up a video that is stored.",
            NotificationChecks::status),
        new Check(
            "notification.json",
            "The answer to a notification is JSON, or empty",
            "A client takes anything else for the page of a proxy, and tells of the video again.",
            NotificationChecks::json),
        new Check(
            "notification.repeated",
            "A repeated notification is taken, and answered as the first one",
            "A client whose answer got lost tells of the video again; one upload is one asset.",
            NotificationChecks::repeated),
        new Check(
            "notification.at-once",
            "Eight notifications at once are one asset",
            "A retry can overtake the request that it repeats.",
            NotificationChecks::atOnce));
  }

  private static Verdict status(Talk talk) throws NoAnswerException, InterruptedException {
    Answer answer = talk.tell(Bodies.notification(talk.inParts.get()), "");
    if (answer.isSuccess()) {
      talk.told.set(answer);
    }
    return Statuses.expect(answer, 200, 201, 204);
  }

  private static Verdict json(Talk talk) {
    Answer answer = talk.told.get();
    if (answer.body().isBlank()) {
      return Verdict.pass(answer.sent(), "no body");
    }
    return answer.json().isPresent()
        ? Verdict.pass(answer.sent(), "JSON")
        : Verdict.fail(
            answer.sent(),
            "a body that is no JSON (" + answer.mediaType() + ")",
            "Answer with any JSON, or with nothing; the app gets it as it is.");
  }

  private static Verdict repeated(Talk talk) throws NoAnswerException, InterruptedException {
    Answer first = talk.told.get();
    Answer second = talk.tell(Bodies.notification(talk.inParts.get()), "the same once more");
    Verdict taken = Statuses.expect(second, 200, 201, 204);
    return taken.passed() ? SameAnswer.of(first, second, second.sent()) : taken;
  }

  private static Verdict atOnce(Talk talk) throws NoAnswerException, InterruptedException {
    VideoAsset asset = talk.whole.get();
    List<Answer> answers = tellAtOnce(talk, asset);
    Answer after = talk.tell(Bodies.notification(asset), "once more after " + AT_ONCE + " at once");
    String sent = AT_ONCE + " times at once: " + answers.get(0).sent();
    // what a client would send again says nothing yet: the one that comes after all of them does
    long sentAgain = answers.stream().filter(Answer::isRetried).count();
    Optional<Answer> refused =
        Stream.concat(
                answers.stream().filter(answer -> !answer.isSuccess() && !answer.isRetried()),
                Stream.of(after).filter(answer -> !answer.isSuccess()))
            .findFirst();
    if (refused.isPresent()) {
      return Verdict.fail(sent, refused.get().inWords(), CATCH);
    }
    Optional<Verdict> another =
        answers.stream()
            .filter(Answer::isSuccess)
            .map(answer -> SameAnswer.of(after, answer, sent))
            .filter(verdict -> !verdict.passed())
            .findFirst();
    if (another.isPresent()) {
      return another.get();
    }
    return sentAgain == 0
        ? Verdict.pass(sent, "one and the same answer")
        : Verdict.advice(sent, sentAgain + " answers that make a client try again", CATCH);
  }

  private static List<Answer> tellAtOnce(Talk talk, VideoAsset asset)
      throws NoAnswerException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      Callable<Answer> tell = () -> talk.tell(Bodies.notification(asset), "");
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : threads.invokeAll(Collections.nCopies(AT_ONCE, tell))) {
        answers.add(answer.get());
      }
      return answers;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NoAnswerException none) {
        throw none;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
