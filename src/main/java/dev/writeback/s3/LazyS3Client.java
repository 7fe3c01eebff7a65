package dev.writeback.s3;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Stands where {@code DelegatingS3Client} wants its delegate in the constructor: the role comes
 * later, as a property, and its client is made when it is first called.
 */
final class LazyS3Client implements InvocationHandler {

  private volatile AssumedRole role;

  void setRole(AssumedRole role) {
    this.role = role;
  }

  /**
   * @throws RunException if there is none
   */
  AssumedRole role() {
    if (role == null) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "role is missing. Right is the name of a bean of " + AssumedRole.class.getName());
    }
    return role;
  }

  S3Client client() {
    return (S3Client)
        Proxy.newProxyInstance(
            S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, this);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(role().s3Client(), arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
