package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.quartz.impl.matchers.GroupMatcher;

/** After many edits there is as much of everything as before. */
class ReloadLeakTest {

  private static final int SAVES = 40;

  /** Each edited in each save, beside the accounts. */
  private static final List<String> JOBS = List.of("first", "second", "third", "fourth");

  /** What Camel and the program make anew for each job. */
  private static final List<String> CLASSES =
      List.of(
          "dev.writeback.s3.StreamingUploads",
          "dev.writeback.s3.StreamingS3Client",
          "dev.writeback.s3.AssumedRole",
          "dev.writeback.domo.DomoAccount",
          "dev.writeback.domo.DomoEndpoint",
          "dev.writeback.ledger.LedgerEndpoint",
          "dev.writeback.ledger.OpenProducer",
          "dev.writeback.pipe.PipeEndpoint",
          "org.apache.camel.component.aws2.s3.AWS2S3Endpoint",
          "org.apache.camel.component.aws2.s3.AWS2S3Producer",
          "org.apache.camel.component.quartz.QuartzEndpoint",
          "org.apache.camel.impl.engine.DefaultRoute",
          "org.apache.camel.impl.DefaultCamelContext",
          "org.apache.camel.model.RouteDefinition",
          "org.apache.camel.model.RouteTemplateDefinition",
          "org.apache.camel.model.RouteConfigurationDefinition");

  @TempDir Path folder;

  @Test
  void thereIsAsMuchOfEverythingAsBefore() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        ReloadingProgram program = new ReloadingProgram(folder, sandbox)) {
      for (String job : JOBS) {
        program.write(job, text(job, 0));
      }
      program.start();
      // What is made at first use, and kept for good.
      save(program, 1);
      save(program, 2);
      Map<String, Integer> before = counts(program.camel());
      long threads = threads();
      for (int i = 3; i < 3 + SAVES; i++) {
        save(program, i);
      }
      await()
          .atMost(ReloadingProgram.LONGEST)
          .untilAsserted(() -> assertThat(counts(program.camel())).isEqualTo(before));
      await()
          .pollInSameThread()
          .atMost(ReloadingProgram.LONGEST)
          .untilAsserted(() -> assertThat(threads()).isLessThanOrEqualTo(threads));
    }
  }

  private static String text(String job, int edit) {
    String cron = "0 " + edit + " 6 1 1 ?";
    Map<String, String> parameters =
        Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", job + "_" + edit);
    return job.equals("fourth")
        ? ReloadingProgram.job(job, parameters) + ReloadingProgram.schedule("schedule", cron, job)
        : ReloadingProgram.job(job, cron, parameters);
  }

  /**
   * An edit of each job, one of the accounts, one of the retries, and a job that comes and goes.
   */
  private void save(ReloadingProgram program, int edit) throws Exception {
    program.lines.clear();
    for (String job : JOBS) {
      program.write(job, text(job, edit));
    }
    Path accounts = program.file("accounts");
    Files.writeString(
        accounts,
        Files.readString(accounts)
            .replaceAll("roleSessionName: .*", "roleSessionName: edit-" + edit));
    Path retries = program.file("writeback");
    Files.writeString(
        retries, Files.readString(retries).replaceAll("retryDelay: .*", "retryDelay: " + edit));
    String fleeting = edit % 2 == 0 ? "gone" : "new";
    if (edit % 2 == 0) {
      Files.delete(program.file("fleeting"));
    } else {
      program.write(
          "fleeting",
          ReloadingProgram.job(
              "fleeting",
              "0 0 6 1 1 ?",
              Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "fleeting")));
    }
    for (String job : JOBS) {
      program.awaitAnyLine("job " + job + " is changed: ");
    }
    program.awaitAnyLine("job fleeting is " + fleeting);
  }

  private static Map<String, Integer> counts(CamelContext context) throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    Scheduler quartz = context.getComponent("quartz", QuartzComponent.class).getScheduler();
    counts.put("routes", context.getRoutes().size());
    counts.put("route definitions", model.getRouteDefinitions().size());
    counts.put("Kamelets", model.getRouteTemplateDefinitions().size());
    counts.put("route configurations", model.getRouteConfigurationDefinitions().size());
    counts.put("bean definitions", model.getCustomBeans().size());
    counts.put("endpoints", context.getEndpoints().size());
    counts.put("beans", context.getRegistry().findByTypeWithName(Object.class).size());
    counts.put("services", context.getCamelContextExtension().getServices().size());
    counts.put("start order", context.getCamelContextExtension().getRouteStartupOrder().size());
    counts.put("lifecycle strategies", context.getLifecycleStrategies().size());
    counts.put("event notifiers", context.getManagementStrategy().getEventNotifiers().size());
    counts.put("triggers", quartz.getTriggerKeys(GroupMatcher.anyGroup()).size());
    counts.put("Quartz jobs", quartz.getJobKeys(GroupMatcher.anyGroup()).size());
    counts.putAll(instances());
    return counts;
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool"))
        .count();
  }

  /** Of live objects, after a collection of all garbage. */
  private static Map<String, Integer> instances() throws Exception {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {null},
                    new String[] {String[].class.getName()});
    Map<String, Integer> instances = new TreeMap<>();
    for (String name : CLASSES) {
      Matcher line =
          Pattern.compile(
                  "^ *\\d+: +(\\d+) +\\d+ +" + Pattern.quote(name) + "\\b(?!\\$).*$",
                  Pattern.MULTILINE)
              .matcher(histogram);
      instances.put(name, line.find() ? Integer.parseInt(line.group(1)) : 0);
    }
    return instances;
  }
}
