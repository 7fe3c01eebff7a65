package com.example.freight;

import dev.writeback.domo.DomoAccount;
import dev.writeback.s3.AssumedRole;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who reads and who writes, by Spring's properties; a YAML file of beans would do as well. */
@Configuration(proxyBeanMethods = false)
public class Accounts {

  @Bean
  @ConfigurationProperties("acme")
  DomoAccount acme() {
    return new DomoAccount();
  }

  @Bean(destroyMethod = "close")
  @ConfigurationProperties("landing")
  AssumedRole landing() {
    return new AssumedRole();
  }
}
