package io.github.reelbeam.examples.conformance;

import io.github.reelbeam.credentials.UploadGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whom no credentials may be renewed for: everybody but the user who got the grant. */
final class BadRenewalChecks {
  private static final String CHANGE =
      "Bind the token to key and user, for instance by an HMAC over both and a last day, and give"
          + " no credentials unless it is right.";

  private BadRenewalChecks() {}

  static List<Check> list() {
    return List.of(
        new Check(
            "renewal.tampered",
            "A renewal token that was changed is refused with 403 renewal_refused",
            "Anybody who has seen one token could make one for another video.",
            BadRenewalChecks::tampered),
        new Check(
            "renewal.no-token",
            "A renewal without its token is refused with 403 renewal_refused",
            "Keys appear in URLs and logs: knowing one proves nothing.",
            BadRenewalChecks::noToken),
        new Check(
            "renewal.other-key",
            "A renewal with the token of another key is refused with 403 renewal_refused",
            "One token would open every video in the bucket.",
            BadRenewalChecks::otherKey),
        new Check(
            "renewal.unknown-key",
            "A renewal for a key that nobody was granted is refused with 403 renewal_refused",
            "Renewals would be grants without the checks of a grant.",
            BadRenewalChecks::unknownKey),
        new Check(
            "renewal.malformed",
            "A renewal whose body is no JSON is refused with 400 invalid_request",
            "A client takes a 5xx for a passing trouble and sends the same again and again.",
            BadRenewalChecks::malformed),
        new Check(
            "renewal.other-user",
            "A renewal by another user is refused with 403 renewal_refused",
            "A token that got into the wrong hands would open the video to all users.",
            BadRenewalChecks::otherUser));
  }

  private static Verdict tampered(Talk talk) throws NoAnswerException, InterruptedException {
    talk.renewalAnswer.get();
    UploadGrant grant = talk.grant.get();
    Verdict verdict = null;
    for (String token : tamperings(token(grant))) {
      verdict = refused(talk, grant.key(), token, "with a character of the token changed");
      if (!verdict.passed()) {
        return verdict;
      }
    }
    return Objects.requireNonNull(verdict);
  }

  /** One character changed near the beginning, in the middle, and near the end. */
  static List<String> tamperings(String token) {
    List<String> tampered = new ArrayList<>();
    // not the very last one: in Base64 it may hold bits that mean nothing
    for (int at : new int[] {0, token.length() / 2, Math.max(0, token.length() - 4)}) {
      char other = token.charAt(at) == 'a' ? 'b' : 'a';
      tampered.add(token.substring(0, at) + other + token.substring(at + 1));
    }
    return tampered;
  }

  private static Verdict noToken(Talk talk) throws NoAnswerException, InterruptedException {
    talk.renewalAnswer.get();
    UploadGrant grant = talk.grant.get();
    token(grant);
    return refused(talk, grant.key(), null, "without renewalToken");
  }

  private static Verdict otherKey(Talk talk) throws NoAnswerException, InterruptedException {
    talk.renewalAnswer.get();
    String token = token(talk.grant.get());
    UploadGrant other = talk.furtherGrant();
    return refused(talk, other.key(), token, "with the token of another key");
  }

  private static Verdict unknownKey(Talk talk) throws NoAnswerException, InterruptedException {
    talk.renewalAnswer.get();
    String token = talk.grant.get().token();
    return refused(talk, BadGrantChecks.unknownKey(), token, "for a key that nobody was granted");
  }

  private static Verdict malformed(Talk talk) throws NoAnswerException, InterruptedException {
    talk.renewalAnswer.get();
    Target target = talk.target();
    Answer answer =
        talk.post(
            target.paths().renewals(), "key=1", "a body that is no JSON", target.token(), Map.of());
    return Refusals.expect(
        answer, 400, "invalid_request", "Check the request before you make credentials.");
  }

  private static Verdict otherUser(Talk talk) throws NoAnswerException, InterruptedException {
    talk.renewalAnswer.get();
    UploadGrant grant = talk.grant.get();
    String other = otherToken(talk);
    Answer answer = talk.renewAs(other, grant.key(), grant.token(), "as another user");
    return Refusals.expect(answer, 403, List.of("renewal_refused", "forbidden"), CHANGE);
  }

  static String otherToken(Talk talk) {
    String token = talk.target().otherToken();
    if (token == null) {
      throw new NotGivenException("needs --other-token");
    }
    return token;
  }

  private static String token(UploadGrant grant) {
    return grant
        .renewalToken()
        .filter(token -> !token.isEmpty())
        .orElseThrow(() -> new NotGivenException("this backend's grants have no renewalToken"));
  }

  private static Verdict refused(Talk talk, String key, @Nullable String token, String what)
      throws NoAnswerException, InterruptedException {
    return Refusals.expect(talk.renew(key, token, what), 403, "renewal_refused", CHANGE);
  }
}
