package dev.writeback.app;

import java.nio.charset.StandardCharsets;

/**
 * What a command has to say, in whichever process it was worked out.
 *
 * @param out for standard output, as it is
 * @param error lines for standard error
 */
record CommandAnswer(int exitCode, byte[] out, String error) {

  static CommandAnswer of(int exitCode, String text) {
    return new CommandAnswer(exitCode, text.getBytes(StandardCharsets.UTF_8), "");
  }

  String text() {
    return new String(out, StandardCharsets.UTF_8);
  }
}
