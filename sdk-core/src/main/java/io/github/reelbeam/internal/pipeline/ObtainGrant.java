package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.credentials.CredentialsFetcher.Request;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.util.concurrent.ExecutionException;

/** REQUESTED to GRANTED: asks for credentials and a key, unless the upload has its key already. */
final class ObtainGrant {
  private final Environment environment;

  ObtainGrant(Environment environment) {
    this.environment = environment;
  }

  /** Whether the backend will not renew this grant any more, but give another one. */
  static boolean hasLapsed(GrantException refused) {
    return refused.code().filter("renewal_expired"::equals).isPresent();
  }

  void run(UploadJob job, StopSignal stop) throws StoppedException {
    Target known = job.entry().target();
    if (known != null) {
      if (job.entry().stored() == null) {
        check(job, () -> environment.stores().check(known));
      }
      return;
    }
    UploadGrant grant = ask(job, stop);
    check(job, () -> environment.stores().check(grant));
    Target target =
        new Target(
            grant.bucket(),
            grant.key(),
            grant.region(),
            grant.customEndpoint(),
            grant.pathStyleAccess(),
            grant.token());
    job.write(entry -> entry.granted(target, environment.now()));
    job.accept(grant);
    job.enter(UploadState.GRANTED);
  }

  /** Before anything is sent there, and before the journal has it for the next process. */
  private static void check(UploadJob job, Runnable stores) {
    try {
      stores.run();
    } catch (GrantException refused) {
      throw Failures.grant(job, refused);
    }
  }

  private UploadGrant ask(UploadJob job, StopSignal stop) throws StoppedException {
    JournalEntry entry = job.entry();
    Request request =
        new Request(
            entry.source().fileName(),
            entry.object().contentType(),
            entry.source().size(),
            entry.object().metadata());
    Patience patience = new Patience(environment, job, stop);
    while (true) {
      try {
        return job.call(stop, () -> environment.fetcher().issue(request));
      } catch (ExecutionException e) {
        GrantException refused = Failures.grant(job, e.getCause());
        WaitReason reason = BackendOutage.of(refused).orElse(null);
        if (reason == null || !patience.isLeft()) {
          throw refused;
        }
        patience.pause(reason);
      }
    }
  }
}
