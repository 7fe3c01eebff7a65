package com.example.freight;

import org.apache.camel.builder.RouteBuilder;

/** What this team's application is for. */
public class FreightRoutes extends RouteBuilder {

  @Override
  public void configure() {
    from("direct:greet").routeId("greet").setBody(simple("Hello, ${body}"));
  }
}
