package dev.writeback.sandbox.nio2blob;

import java.nio.file.Path;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;

/** S3Proxy's objects in a folder, with all that it can do in memory: its own cannot encrypt. */
public final class DiskBlobStore extends AbstractNio2BlobStore {

  public DiskBlobStore(Path folder) {
    super(folder);
  }

  @Override
  public boolean supportsVersioning() {
    return true;
  }

  @Override
  public boolean supportsServerSideEncryption() {
    return true;
  }

  @Override
  public boolean supportsBucketEncryption() {
    return true;
  }
}
