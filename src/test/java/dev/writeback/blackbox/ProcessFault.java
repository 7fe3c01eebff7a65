package dev.writeback.blackbox;

import dev.writeback.blackbox.Launcher.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens to a run of the job, or to the process that is at it. */
enum ProcessFault {
  /** It is told to stop in the middle of its upload. */
  SIGTERM {
    @Override
    Ended meet(ProcessScene scene) throws Exception {
      Process run = scene.startUpload(scene.launcher(), ProcessScene.DAY);
      run.toHandle().destroy();
      return ProcessScene.ended(run);
    }
  },
  /** It is told to stop while it writes, in as little memory as it works in. */
  SIGTERM_IN_A_SMALL_HEAP {
    @Override
    Ended meet(ProcessScene scene) throws Exception {
      scene.slow();
      Process run =
          scene.launcher().java("-Xmx64m").start("run", ProcessScene.JOB, "--at", ProcessScene.DAY);
      scene.awaitUpload(run);
      run.toHandle().destroy();
      return ProcessScene.ended(run);
    }
  },
  /** It is killed in the middle of its upload. */
  SIGKILL {
    @Override
    Ended meet(ProcessScene scene) throws Exception {
      Process run = scene.startUpload(scene.launcher(), ProcessScene.DAY);
      run.toHandle().destroyForcibly();
      return ProcessScene.ended(run);
    }
  },
  /** It stands still for longer than its lease; another one takes the job over; it goes on. */
  STOOD_STILL {
    @Override
    Ended meet(ProcessScene scene) throws Exception {
      scene.database();
      Launcher first = scene.launcher().with(LEASE_TIME, "15s");
      Process run = scene.startUpload(first, ProcessScene.DAY);
      ProcessScene.signal(run, "STOP");
      scene.heal();
      Ended second =
          scene
              .launcher(scene.folder("second"))
              .with(LEASE_TIME, "15s")
              .run("run", ProcessScene.JOB, "--at", ProcessScene.NEXT_DAY);
      if (second.exitCode() != 0) {
        throw new AssertionError("the second process:\n" + second.output());
      }
      ProcessScene.signal(run, "CONT");
      return ProcessScene.ended(run);
    }
  },
  /** Another process begins a run of the job meanwhile. */
  SECOND_PROCESS {
    @Override
    Ended meet(ProcessScene scene) throws Exception {
      scene.database();
      Process run = scene.startUpload(scene.launcher(), ProcessScene.DAY);
      Ended second =
          scene
              .launcher(scene.folder("second"))
              .run("run", ProcessScene.JOB, "--at", ProcessScene.NEXT_DAY);
      scene.heal();
      Ended first = ProcessScene.ended(run);
      if (first.exitCode() != 0) {
        throw new AssertionError("the first process:\n" + first.output());
      }
      return second;
    }
  },
  /** The ledger's disk is full from the middle of the upload on. */
  DISK_FILLS {
    @Override
    Optional<String> missing() throws Exception {
      return SmallDisk.missing();
    }

    @Override
    Ended meet(ProcessScene scene) throws Exception {
      SmallDisk disk = scene.disk();
      Process run = scene.startUpload(scene.launcher(), ProcessScene.DAY);
      disk.fill();
      scene.heal();
      return ProcessScene.ended(run);
    }
  },
  /** The ledger's disk is full before the run begins. */
  DISK_FULL {
    @Override
    Optional<String> missing() throws Exception {
      return SmallDisk.missing();
    }

    @Override
    Ended meet(ProcessScene scene) throws Exception {
      scene.disk().fill();
      return run(scene.launcher());
    }
  },
  /** The ledger's database is gone when the run begins. */
  DATABASE_GONE {
    @Override
    Ended meet(ProcessScene scene) throws Exception {
      scene.database().stop();
      return run(scene.launcher());
    }
  },
  /** The ledger's database is gone from the middle of the upload on. */
  DATABASE_GOES {
    @Override
    Ended meet(ProcessScene scene) throws Exception {
      PostgresServer database = scene.database();
      Process run = scene.startUpload(scene.launcher(), ProcessScene.DAY);
      database.stop();
      scene.heal();
      return ProcessScene.ended(run);
    }
  },
  /** The ledger's database is gone in the middle of the upload, and back before its end. */
  DATABASE_GONE_AND_BACK {
    @Override
    Ended meet(ProcessScene scene) throws Exception {
      PostgresServer database = scene.database();
      Process run = scene.startUpload(scene.launcher(), ProcessScene.DAY);
      database.stop();
      database.startAgain();
      scene.heal();
      return ProcessScene.ended(run);
    }
  },
  /** Memory runs out, as the launcher starts Java. */
  OUT_OF_MEMORY {
    @Override
    Ended meet(ProcessScene scene) throws Exception {
      scene.folder().write(BUDGET_FILE, BUDGET);
      scene.sandbox().tell("s3/faults", SLOW);
      return run(scene.launcher().java("-Xmx" + TINY));
    }
  },
  /** Memory runs out, and nobody has told Java to exit then. */
  OUT_OF_MEMORY_OF_PLAIN_JAVA {
    @Override
    Ended meet(ProcessScene scene) throws Exception {
      scene.folder().write(BUDGET_FILE, BUDGET);
      scene.sandbox().tell("s3/faults", SLOW);
      List<String> command = new ArrayList<>(List.of("java", "-Xmx" + TINY, "-XX:+UseSerialGC"));
      command.addAll(scene.launcher().javaOptions());
      command.addAll(List.of("-jar", programJar().toString()));
      command.addAll(List.of("run", ProcessScene.JOB, "--at", ProcessScene.DAY));
      Process run =
          new ProcessBuilder(command)
              .directory(scene.folder().path().toFile())
              .redirectErrorStream(true)
              .start();
      return ProcessScene.ended(scene.watch(run));
    }
  },
  /** The machine's clock is 20 minutes ahead of everybody else's. */
  WRONG_CLOCK {
    @Override
    Optional<String> missing() throws IOException {
      return ShiftedClock.missing();
    }

    @Override
    Ended meet(ProcessScene scene) throws Exception {
      return run(ShiftedClock.ahead(scene.launcher(), Duration.ofMinutes(20)));
    }
  };

  private static final String LEASE_TIME = "camel.component.ledger.leaseTime";

  /** Enough for a start, and not for the buffers of an upload whose parts S3 takes slowly. */
  private static final String TINY = "40m";

  private static final Map<String, Object> SLOW =
      Map.of("kind", "SLOW", "operation", "UPLOAD_PART", "bytes", 200_000);

  private static final String BUDGET_FILE = "routes/memory.camel.yaml";

  /** More than there is: otherwise such a run is refused before it begins. */
  private static final String BUDGET =
      """
      - beans:
          - name: bufferBudget
            type: dev.writeback.s3.BufferBudget
            properties:
              size: 40MiB
      """;

  /** What this machine would need, so that it can happen here. */
  Optional<String> missing() throws Exception {
    return Optional.empty();
  }

  /** Comes back when all is over, with the end of the process that has met the fault. */
  abstract Ended meet(ProcessScene scene) throws Exception;

  private static Ended run(Launcher launcher) throws Exception {
    return launcher.run("run", ProcessScene.JOB, "--at", ProcessScene.DAY);
  }

  private static Path programJar() throws Exception {
    try (Stream<Path> jars = Files.list(Launcher.PROGRAM.resolveSibling("../lib").normalize())) {
      return jars.filter(jar -> jar.toString().endsWith("-program.jar")).findFirst().orElseThrow();
    }
  }
}
