package dev.writeback.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * One part of an object, held in memory so that the SDK can send it as often as it must. It is
 * filled by one thread and then read by another; {@link #cancel} may come from anywhere.
 */
final class Part implements ContentStreamProvider, AutoCloseable {

  private final int number;
  private final long capacity;
  private final BufferReservation memory;
  private final List<byte[]> chunks = new ArrayList<>();
  private long length;
  private volatile boolean cancelled;

  /**
   * @param number counted from 1
   * @param capacity in bytes, at most what the reservation holds
   */
  Part(int number, long capacity, BufferReservation memory) {
    this.number = number;
    this.capacity = capacity;
    this.memory = memory;
  }

  int number() {
    return number;
  }

  long length() {
    return length;
  }

  /**
   * Reads until the part is full or the stream ends.
   *
   * @param first the first byte, or -1 for a part without any
   * @return the byte after the part, or -1 where the stream has ended
   */
  int fill(int first, InputStream in) throws IOException, InterruptedException {
    if (first < 0) {
      return -1;
    }
    chunks.add(memory.take());
    chunks.get(0)[0] = (byte) first;
    length = 1;
    while (length < capacity) {
      int offset = (int) (length % BufferBudget.CHUNK);
      if (offset == 0) {
        chunks.add(memory.take());
      }
      int room = (int) Math.min(BufferBudget.CHUNK - offset, capacity - length);
      int read = in.read(chunks.get(chunks.size() - 1), offset, room);
      if (read < 0) {
        return -1;
      }
      length += read;
    }
    return in.read();
  }

  /** Shows the bytes that it holds, in their order: the first so many of each array. */
  void forEachChunk(ObjIntConsumer<byte[]> reader) {
    long left = length;
    for (byte[] chunk : chunks) {
      int here = (int) Math.min(left, BufferBudget.CHUNK);
      reader.accept(chunk, here);
      left -= here;
    }
  }

  @Override
  public InputStream newStream() {
    return new Content();
  }

  /** Lets a sending that is under way fail at its next read. */
  void cancel() {
    cancelled = true;
  }

  /** Gives the memory back. Idempotent; nobody may read the part any more. */
  @Override
  public void close() {
    chunks.forEach(memory::give);
    chunks.clear();
  }

  private final class Content extends InputStream {

    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      Objects.checkFromIndexSize(offset, count, target.length);
      if (cancelled) {
        throw new IOException("The upload was given up");
      }
      if (count == 0) {
        return 0;
      }
      if (position == length) {
        return -1;
      }
      byte[] chunk = chunks.get((int) (position / BufferBudget.CHUNK));
      int start = (int) (position % BufferBudget.CHUNK);
      int here = (int) Math.min(Math.min(count, length - position), BufferBudget.CHUNK - start);
      System.arraycopy(chunk, start, target, offset, here);
      position += here;
      return here;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, length - position);
    }
  }
}
