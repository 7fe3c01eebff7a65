package com.example.freight;

import org.apache.camel.main.Main;

/** An application that was there before, with routes of its own. */
public final class Application {

  private Application() {}

  public static void main(String[] arguments) throws Exception {
    main().run(arguments);
  }

  static Main main() {
    return new Main(Application.class);
  }
}
