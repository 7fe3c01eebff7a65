package dev.writeback.app;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that who answers at a running file's address is the program that has written the file: by
 * a number that only it can compute from a question that nobody has foreseen. The file of a program
 * that was killed stays, and its port may be another user's by then, who is to learn no token.
 */
final class RunningProof {

  static final String PATH = "/proof";
  static final String QUESTION = "question";

  private static final String ALGORITHM = "HmacSHA256";
  private static final int QUESTION_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private RunningProof() {}

  /** A new one each time. */
  static String question() {
    byte[] random = new byte[QUESTION_BYTES];
    new SecureRandom().nextBytes(random);
    return text(random);
  }

  static boolean isQuestion(String text) {
    return text != null && FORM.matcher(text).matches();
  }

  static String answer(RunningFile file, String question) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(file.token().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return text(
          mac.doFinal((file.url() + PATH + " " + question).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isAnswer(RunningFile file, String question, String given) {
    return MessageDigest.isEqual(
        answer(file, question).getBytes(StandardCharsets.UTF_8),
        given.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
