package com.example.freight;

import org.apache.camel.main.Main;

/** An application that uses the parts one by one, in routes of its own. */
public final class Application {

  private Application() {}

  public static void main(String[] arguments) throws Exception {
    main().run(arguments);
  }

  static Main main() {
    return new Main(Application.class);
  }
}
