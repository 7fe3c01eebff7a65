package dev.writeback.s3;

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

  S3Client client() {
    return (S3Client)
        Proxy.newProxyInstance(
            S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, this);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(role.s3Client(), arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
