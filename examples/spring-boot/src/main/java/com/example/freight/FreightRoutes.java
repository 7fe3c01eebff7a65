package com.example.freight;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** What this team's application is for. It reads its messages twice, so it needs stream caching. */
@Component
public class FreightRoutes extends RouteBuilder {

  @Override
  public void configure() {
    from("direct:manifest")
        .routeId("manifest")
        .setHeader("lines", simple("${bodyAs(String).lines().count()}"))
        .transform(simple("${header.lines}: ${bodyAs(String)}"));
  }
}
