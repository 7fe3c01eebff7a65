package dev.writeback.job;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultResourceLoader;
import org.apache.camel.impl.engine.DefaultResourceResolvers;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceResolverSupport;
import org.apache.camel.support.ResourceSupport;

/**
 * What Camel reads below {@code file:}. The files of a snapshot are as they were, also for a
 * Kamelet that is looked for while somebody edits it; all others are as they are.
 */
public final class SnapshotResources extends ResourceResolverSupport {

  private static final String SCHEME = "file";

  private final DefaultResourceResolvers.FileResolver others =
      new DefaultResourceResolvers.FileResolver();
  private volatile RouteSnapshot snapshot;

  private SnapshotResources(CamelContext context, RouteSnapshot snapshot) {
    super(SCHEME);
    this.snapshot = snapshot;
    setCamelContext(context);
    others.setCamelContext(context);
  }

  /**
   * Lets a context read these files, and no later ones.
   *
   * @param context that has read nothing yet
   */
  public static void of(CamelContext context, RouteSnapshot snapshot) {
    context
        .getRegistry()
        .bind(
            DefaultResourceLoader.RESOURCE_LOADER_KEY_PREFIX + SCHEME,
            new SnapshotResources(context, snapshot));
  }

  /** Those of a context that reads a snapshot. */
  static SnapshotResources in(CamelContext context) {
    return context
        .getRegistry()
        .lookupByNameAndType(
            DefaultResourceLoader.RESOURCE_LOADER_KEY_PREFIX + SCHEME, SnapshotResources.class);
  }

  /** From now on. */
  void serve(RouteSnapshot files) {
    snapshot = files;
  }

  RouteSnapshot snapshot() {
    return snapshot;
  }

  @Override
  protected Resource createResource(String location, String remaining) {
    RouteSnapshot files = snapshot;
    Path file = Path.of(remaining.replaceFirst("^//", ""));
    return files.covers(file) ? new SnapshotFile(location, files, file) : others.resolve(location);
  }

  private static final class SnapshotFile extends ResourceSupport {

    private final RouteSnapshot files;
    private final Path file;

    SnapshotFile(String location, RouteSnapshot files, Path file) {
      super(SCHEME, location);
      this.files = files;
      this.file = file;
    }

    @Override
    public boolean exists() {
      return files.has(file);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      if (!exists()) {
        throw new FileNotFoundException(getLocation());
      }
      return new ByteArrayInputStream(files.text(file).getBytes(StandardCharsets.UTF_8));
    }
  }
}
