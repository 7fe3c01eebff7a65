package dev.writeback.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** 8 MB of CSV like a DataSet's, the same each time: as bench/data.py makes it, in Java. */
public final class Csv {

  private static final int SIZE = 8_000_000;
  private static final String[] NAMES = {
    "Acme Corporation", "\"Miller, Sons & Co.\"", "Zoë Brontë", "\"The \"\"Old\"\" Mill\"", "東京商事", "Northwind"
  };
  private static final String[] WORDS =
      ("the quick delivery was late and the customer asked for a refund but accepted a voucher"
              + " instead after we called twice")
          .split(" ");
  private static final String[] STATES = {"open", "shipped", "returned", ""};

  private Csv() {}

  public static byte[] bytes() {
    Random random = new Random(7);
    StringBuilder text =
        new StringBuilder("order_id,order_date,customer name,amount,quantity,status,note,_BATCH_ID_\n");
    for (int row = 0; text.length() < SIZE; row++) {
      text.append(10_000_000 + random.nextInt(80_000_000));
      text.append(",2026-0").append(1 + random.nextInt(9)).append("-1").append(random.nextInt(10));
      text.append(',').append(NAMES[random.nextInt(NAMES.length)]);
      text.append(',').append(random.nextInt(10_000_000) / 100.0);
      text.append(',').append(1 + random.nextInt(40));
      text.append(',').append(STATES[random.nextInt(STATES.length)]).append(',');
      text.append(row % 11 == 0 ? "\"" : "");
      for (int word = random.nextInt(9); word > 0; word--) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      text.append(row % 11 == 0 ? "\nsecond line, with a comma\"" : "");
      text.append(',').append(row % 50).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
