package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Authenticator;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * The app's own login at a proxy, with two things added: a proxy that is not content is named in
 * the failure, and a plain http request gets through whose body cannot be sent twice. OkHttp does
 * not repeat such a request after a 407; so the login is kept, and the next attempt brings it
 * along. Requests over https have a tunnel, which is opened before there is a body.
 */
final class ProxyLogin implements Authenticator, Interceptor {
  private static final String HEADER = "Proxy-Authorization";
  private static final int LOGIN_WANTED = 407;

  private final Authenticator app;
  private final Map<Proxy, String> logins = new ConcurrentHashMap<>();

  private ProxyLogin(Authenticator app) {
    this.app = app;
  }

  /** Puts it into a client that is being built. */
  static void addTo(OkHttpClient.Builder builder, Authenticator app) {
    ProxyLogin login = new ProxyLogin(app);
    builder.proxyAuthenticator(login).addNetworkInterceptor(login);
  }

  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response)
      throws IOException {
    Request request = app.authenticate(route, asSent(response));
    if (route == null || response.code() != LOGIN_WANTED || isPreemptive(response)) {
      return request;
    }
    if (request == null) {
      logins.remove(route.proxy());
      throw new ProxyRefusedException(name(route));
    }
    RequestBody body = request.body();
    String login = request.header(HEADER);
    if (body != null && body.isOneShot() && login != null) {
      logins.put(route.proxy(), login);
      throw new IOException("the proxy " + name(route) + " wants a login first");
    }
    return request;
  }

  /**
   * Apps give up when they see their login in a request that was refused, and are to see the one
   * that was added here as well: a wrong password is not to be sent again and again.
   */
  private static Response asSent(Response response) {
    Response network = response.networkResponse();
    String sent = network == null ? null : network.request().header(HEADER);
    return sent == null
        ? response
        : response
            .newBuilder()
            .request(response.request().newBuilder().header(HEADER, sent).build())
            .build();
  }

  /** OkHttp asks for a login before there is a 407, when it opens a tunnel. */
  private static boolean isPreemptive(Response response) {
    return response.challenges().stream()
        .anyMatch(challenge -> challenge.scheme().equalsIgnoreCase("OkHttp-Preemptive"));
  }

  private static String name(Route route) {
    return route.proxy().address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : route.proxy().toString();
  }

  /** Adds the login to what the proxy itself reads; what is in a tunnel is for the server alone. */
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Route route = chain.connection() == null ? null : chain.connection().route();
    String login =
        route == null || request.isHttps() || route.proxy().type() != Proxy.Type.HTTP
            ? null
            : logins.get(route.proxy());
    return chain.proceed(
        login == null || request.header(HEADER) != null
            ? request
            : request.newBuilder().header(HEADER, login).build());
  }

  /** OkHttp shares a connection among clients only if their authenticators are equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProxyLogin login && login.app.equals(app);
  }

  @Override
  public int hashCode() {
    return app.hashCode();
  }
}
