package dev.writeback.domo;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of a CSV text come from. */
interface CsvSource extends Closeable {

  InputStream body() throws IOException;

  /** Whether the body says itself where it ends. */
  boolean isFramed();

  /** Gives up what has not been read. */
  @Override
  void close();
}
