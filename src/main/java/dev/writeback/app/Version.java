package dev.writeback.app;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version in the program's own manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"domo-s3-writeback " + (version == null ? "(not packaged)" : version)};
  }
}
