package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** Puts a {@link Fault.Answer} on the wire. */
final class ScriptedAnswer {

  private final Fault.Answer answer;

  ScriptedAnswer(Fault.Answer answer) {
    this.answer = answer;
  }

  /**
   * Writes it whole.
   *
   * @param bodiless for a request whose answer has no body, whatever its head says
   */
  void write(OutputStream out, boolean keepAlive, boolean bodiless) throws IOException {
    byte[] body = answer.body().getBytes(UTF_8);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", "application/xml");
    headers.putAll(answer.headers());
    headers.put("Content-Length", Integer.toString(body.length));
    if (!keepAlive) {
      headers.put("Connection", "close");
    }
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Scripted\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    out.write(head.append("\r\n").toString().getBytes(UTF_8));
    if (!bodiless) {
      out.write(body);
    }
    out.flush();
  }
}
