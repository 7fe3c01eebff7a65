package com.example.freight;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** What the command {@code camel} is where JBang has installed it. */
public final class CamelJBang {

  private CamelJBang() {}

  public static void main(String[] arguments) {
    CamelJBangMain.run(arguments);
  }
}
