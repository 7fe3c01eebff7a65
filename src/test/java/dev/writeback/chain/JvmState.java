package dev.writeback.chain;

import java.lang.management.ManagementFactory;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.slf4j.LoggerFactory;

/** What all programs in one JVM share, and none may change behind the others' backs. */
final class JvmState {

  /** Flyway silences GraalVM by it. It is the host's own choice to have Flyway at all. */
  private static final String OF_FLYWAY = "system property polyglot.engine.WarnInterpreterOnly";

  private JvmState() {}

  /** By what it is called; two of these are equal where nobody has changed anything. */
  static Map<String, Object> now() throws NoSuchAlgorithmException {
    Map<String, Object> state = new TreeMap<>();
    state.put("standard streams", List.of(System.in, System.out, System.err));
    state.put("locale", Locale.getDefault());
    state.put("time zone", TimeZone.getDefault());
    System.getProperties().forEach((name, value) -> state.put("system property " + name, value));
    state.remove(OF_FLYWAY);
    state.put("TLS", SSLContext.getDefault());
    state.put("TLS of URLs", HttpsURLConnection.getDefaultSSLSocketFactory());
    state.put("host names of URLs", HttpsURLConnection.getDefaultHostnameVerifier());
    state.put(
        "security providers", Stream.of(Security.getProviders()).map(String::valueOf).toList());
    state.put("authenticator", String.valueOf(Authenticator.getDefault()));
    state.put("proxies", String.valueOf(ProxySelector.getDefault()));
    state.put("cookies", String.valueOf(CookieHandler.getDefault()));
    state.put("response cache", String.valueOf(ResponseCache.getDefault()));
    state.put("uncaught exceptions", String.valueOf(Thread.getDefaultUncaughtExceptionHandler()));
    state.put("log levels", logLevels());
    state.put("managed beans", managedBeans());
    return state;
  }

  private static Map<String, String> logLevels() {
    ch.qos.logback.classic.LoggerContext loggers =
        (ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory();
    return loggers.getLoggerList().stream()
        .filter(logger -> logger.getLevel() != null || logger.iteratorForAppenders().hasNext())
        .collect(
            Collectors.toMap(
                logger -> logger.getName(), logger -> String.valueOf(logger.getLevel())));
  }

  /** But for the JVM's own, some of which come by being used. */
  private static List<String> managedBeans() {
    return ManagementFactory.getPlatformMBeanServer().queryNames(null, null).stream()
        .map(Object::toString)
        .filter(name -> Stream.of("java.", "jdk.", "JMImplementation").noneMatch(name::startsWith))
        .sorted()
        .toList();
  }
}
