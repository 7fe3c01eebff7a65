package dev.writeback.domo;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * The one token of an account. However many threads need one, a single call asks for it, and all
 * get its token or its failure. Safe for use by several threads.
 */
final class TokenSource {

  private final Function<Instant, AccessToken> call;
  private final InstantSource clock;
  private CompletableFuture<AccessToken> current;

  /**
   * @param call asks Domo for a token, told the moment of asking
   */
  TokenSource(Function<Instant, AccessToken> call, InstantSource clock) {
    this.call = call;
    this.clock = clock;
  }

  /** A token that has not expired, as far as one can know. */
  AccessToken get() {
    CompletableFuture<AccessToken> mine = null;
    CompletableFuture<AccessToken> token;
    Instant now = clock.instant();
    synchronized (this) {
      if (current == null || isSpent(current, now)) {
        mine = new CompletableFuture<>();
        current = mine;
      }
      token = current;
    }
    if (mine != null) {
      ask(mine, now);
    }
    try {
      return token.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof DomoException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private void ask(CompletableFuture<AccessToken> future, Instant now) {
    try {
      future.complete(call.apply(now));
    } catch (RuntimeException | Error e) {
      future.completeExceptionally(e);
    }
  }

  private static boolean isSpent(CompletableFuture<AccessToken> token, Instant now) {
    return token.isDone() && (token.isCompletedExceptionally() || !token.join().isUsable(now));
  }

  /** Domo refused this token: the next call asks for a new one, unless there is one already. */
  synchronized void refused(AccessToken token) {
    if (current != null
        && current.isDone()
        && !current.isCompletedExceptionally()
        && current.join() == token) {
      current = null;
    }
  }
}
