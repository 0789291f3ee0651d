package io.github.reelbeam.internal.transfer;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The {@link RunInterceptor} of the run that has a {@link PooledClient}: what that one overrides is
 * passed on to it.
 */
final class PooledInterceptor implements ExecutionInterceptor {
  private final Supplier<RunParticulars> current;

  PooledInterceptor(Supplier<RunParticulars> current) {
    this.current = current;
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return run(i -> i.modifyRequest(context, attributes));
  }

  @Override
  public Optional<AsyncRequestBody> modifyAsyncHttpContent(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return run(i -> i.modifyAsyncHttpContent(context, attributes));
  }

  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    return run(i -> i.modifyHttpResponse(context, attributes));
  }

  @Override
  public void afterUnmarshalling(
      Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
    run(
        interceptor -> {
          interceptor.afterUnmarshalling(context, attributes);
          return context;
        });
  }

  @Override
  public SdkResponse modifyResponse(
      Context.ModifyResponse context, ExecutionAttributes attributes) {
    return run(i -> i.modifyResponse(context, attributes));
  }

  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    return run(i -> i.modifyException(context, attributes));
  }

  /** Its lines in the log are those of the run's upload. */
  private <T> T run(Function<RunInterceptor, T> call) {
    RunParticulars run = current.get();
    return run.context().get(() -> call.apply(run.interceptor()));
  }
}
