package io.github.reelbeam.examples.backend;

import io.github.reelbeam.backend.ApiResponse;
import io.github.reelbeam.backend.UploadHandlers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which request goes where. */
public final class Routes {

  /** Answers a request; what it throws becomes an answer in {@link BackendServer}. */
  interface Endpoint {
    ApiResponse answer(Call call);
  }

  /** Where a request goes. */
  record Route(String method, Pattern path, boolean open, Endpoint endpoint) {
    /** What the path has in the place of the variable, or the empty text. */
    String id(String actual) {
      Matcher matcher = path.matcher(actual);
      return matcher.matches() && matcher.groupCount() > 0 ? matcher.group(1) : "";
    }
  }

  private static final String ID = "([0-9A-Za-z-]{1,64})";

  private final List<Route> routes;

  private Routes(List<Route> routes) {
    this.routes = routes;
  }

  /** The three endpoints of the wire contract, and those of the page. */
  public static Routes of(
      UploadHandlers uploads, SqliteAssetStore assets, PlaybackUrls playbackUrls) {
    AssetEndpoints list = new AssetEndpoints(assets, playbackUrls);
    Page page = new Page(playbackUrls.origin());
    return new Routes(
        List.of(
            signedIn("POST", "/api/v1/uploads", call -> uploads.grant(call.toApiRequest())),
            signedIn(
                "POST", "/api/v1/uploads/renewals", call -> uploads.renew(call.toApiRequest())),
            signedIn("POST", "/api/v1/video", call -> uploads.register(call.toApiRequest())),
            signedIn("GET", "/api/v1/assets", list::list),
            signedIn("GET", "/api/v1/assets/" + ID + "/url", list::url),
            open("GET", "/healthz", call -> health(assets)),
            open("GET", "/", call -> page.answer())));
  }

  private static Route signedIn(String method, String path, Endpoint endpoint) {
    return new Route(method, Pattern.compile(path), false, endpoint);
  }

  private static Route open(String method, String path, Endpoint endpoint) {
    return new Route(method, Pattern.compile(path), true, endpoint);
  }

  private static ApiResponse health(SqliteAssetStore assets) {
    return assets.isUp()
        ? Answers.json(200, Answers.object().put("status", "ok"))
        : ApiResponse.problem(503, "unavailable", "the database does not answer");
  }

  /** The route, if the path and the method have one; HEAD goes where GET goes. */
  Optional<Route> find(String method, String path) {
    String served = method.equals("HEAD") ? "GET" : method;
    return routes.stream()
        .filter(route -> route.method().equals(served) && route.path().matcher(path).matches())
        .findFirst();
  }

  /** The methods that a path has, in the form of the header {@code Allow}; empty if none. */
  String allowed(String path) {
    return routes.stream()
        .filter(route -> route.path().matcher(path).matches())
        .map(route -> route.method().equals("GET") ? "GET, HEAD" : route.method())
        .collect(Collectors.joining(", "));
  }
}
