package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ktrdr.container.Command.Result;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// One container: how it starts, which processes run in it, how it ends.
@WithEngine
class ProcessTest {

    private static final List<String> HARDENED =
            List.of(
                    "--read-only",
                    "--tmpfs",
                    "/tmp:noexec,nosuid,size=64m",
                    "--cap-drop",
                    "ALL",
                    "--security-opt",
                    "no-new-privileges",
                    "--pids-limit",
                    "256");

    /// Rubric 21, first part. Measured from `docker run`, so the engine's share is included.
    @Test
    void firstAnswerComesWithinTwoSeconds() {
        Duration best =
                Await.bestOfThree(
                        () -> {
                            long start = System.nanoTime();
                            try (Container _ = Container.serving("--cpus", "2")) {
                                return Duration.ofNanos(System.nanoTime() - start);
                            }
                        });
        assertThat(best).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    /// Rubric 22. `ps` was once missing from the image.
    @Test
    void tiniAndJavaAreTheOnlyProcesses() {
        try (Container service = Container.serving()) {
            Result ps = service.exec("ps", "-eo", "pid,ppid,user,comm", "--no-headers").fine();
            List<String> others =
                    ps.lines().stream().filter(line -> !line.endsWith(" ps")).toList();
            assertThat(others).hasSize(2);
            assertThat(others.getFirst()).matches(" *1 +0 ktrdr +tini");
            assertThat(others.getLast()).matches(" *[0-9]+ +1 ktrdr +java");
            assertThat(service.exec("ps", "aux").fine().out()).contains("quarkus-run.jar");
            Result terminal =
                    Docker.command("exec", "-t", service.name(), "/bin/bash", "-c", "tty").run();
            assertThat(terminal.fine().text()).startsWith("/dev/pts/");
        }
    }

    /// Rubric 23, first part. The last line proves that Java itself ended, and not only tini.
    @Test
    void stopIsQuickCleanAndLogged() {
        Duration best =
                Await.bestOfThree(
                        () -> {
                            try (Container service = Container.serving()) {
                                Duration took = service.stop().took();
                                assertThat(service.exitCode()).isZero();
                                assertThat(service.events().getLast().path("message").asText())
                                        .isEqualTo("stopped");
                                return took;
                            }
                        });
        assertThat(best).isLessThan(Duration.ofSeconds(5));
    }

    /// The last line is the proof of a clean end, so it must not be lost now and then.
    @Test
    void lastLineIsNeverLost() {
        try (Container service = Container.serve()) {
            for (int round = 1; round <= 10; round++) {
                Result _ = service.awaitServing().stop();
                long stopped =
                        service.events().stream()
                                .filter(e -> e.path("message").asText().equals("stopped"))
                                .count();
                assertThat(stopped).as("stops that were logged").isEqualTo(round);
                service.start();
            }
        }
    }

    /// Rubric 23, second part.
    @Test
    void requestInFlightIsFinishedBeforeTheEnd() throws IOException {
        try (Container service = Container.serving();
                Socket socket = service.http().connect()) {
            String body = Csv.days(200, 1);
            byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
            String head =
                    Http.head(
                            "POST /api/v1/data/import?symbol=SLOW&timeframe=1d&wait=60 HTTP/1.1",
                            "Content-Type: text/csv",
                            "Content-Length: " + bytes.length);
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, 0, 1000);
            out.flush();
            // Once another request has passed, this one has been admitted too.
            assertThat(service.http().status("/api/health")).isEqualTo(200);
            long start = System.nanoTime();
            CompletableFuture<Result> stop = CompletableFuture.supplyAsync(service::stop);
            service.event("message", "stopping");
            Await.until(
                    "three seconds in flight",
                    Duration.ofSeconds(5),
                    () -> System.nanoTime() - start > 3_000_000_000L);
            out.write(bytes, 1000, bytes.length - 1000);
            out.flush();
            assertThat(Http.reply(socket)).contains(" 200 OK", "\"rows_kept\":200");
            assertThat(stop.join().code()).isZero();
            assertThat(service.exitCode()).isZero();
            assertThat(service.events().getLast().path("message").asText()).isEqualTo("stopped");
        }
    }

    /// Rubric 24. 200 ms after the start Java is loading classes; 600 ms after, it opens the store.
    @Test
    void stopDuringTheStartIsCleanToo() {
        for (int millis : new int[] {0, 200, 400, 600, 900}) {
            try (Container service = Container.serve()) {
                long start = System.nanoTime();
                Await.until(
                        millis + " ms",
                        Duration.ofSeconds(5),
                        () -> System.nanoTime() - start >= millis * 1_000_000L);
                Result _ = service.stop();
                assertThat(service.exitCode()).as("after %d ms", millis).isZero();
                assertThat(service.output() + service.errors())
                        .as("after %d ms", millis)
                        .doesNotContain("Exception", "\tat ");
                assertThat(service.lifetime()).isLessThan(Duration.ofSeconds(10));
            }
        }
    }

    /// Rubric 25.
    @Test
    void orphansAreReaped() {
        try (Container service = Container.serving()) {
            Result _ = service.exec("sh", "-c", "(sleep 0.2 &)").fine();
            Await.until(
                    "no zombie and no sleeper is left",
                    Duration.ofSeconds(10),
                    () -> {
                        String all = service.exec("ps", "-eo", "stat=,comm=").fine().out();
                        return !all.contains("sleep") && !all.contains("Z");
                    });
        }
    }

    /// Rubric 26.
    @Test
    void hardenedRunBecomesHealthyAndWrites() {
        try (Volume data = Volume.fresh();
                Volume logs = Volume.fresh()) {
            List<String> options = new ArrayList<>(HARDENED);
            options.addAll(List.of("-v", data.asData(), "-v", logs.asLogs()));
            try (Container service = Container.serving(options.toArray(String[]::new))) {
                assertThat(service.http().importCsv("SPX", Csv.one()).status()).isEqualTo(200);
                assertThat(service.http().bars("SPX").data().path("dates")).hasSize(1);
                assertThat(service.http().get("/api/health").text()).contains("\"ok\"");
                assertThat(service.errors()).isEmpty();
            }
        }
    }

    /// Rubric 27.
    @Test
    void anyUserThatOwnsTheVolumesCanRunIt() {
        try (Volume data = Volume.ownedBy("4321:4321");
                Volume logs = Volume.ownedBy("4321:4321");
                Container service =
                        Container.serving(
                                "--user", "4321:4321", "-v", data.asData(), "-v", logs.asLogs())) {
            assertThat(service.http().importCsv("SPX", Csv.one()).status()).isEqualTo(200);
            assertThat(service.http().get("/api/health").text()).contains("\"ok\"");
            assertThat(service.exec("ktrdr", "health").code()).isZero();
            assertThat(data.root("stat -c %u /volume/schema-version").text()).isEqualTo("4321");
        }
    }

    /// A shell that stays alive in the entrypoint would be hidden by tini's exit code.
    @Test
    void signalsReachJavaAlsoWithASecondInit() {
        Result init = Docker.once(List.of("--init"), "true");
        assumeFalse(init.err().contains("docker-init"), "this engine has no init of its own");
        try (Container service = Container.serving("--init")) {
            Result _ = service.stop();
            assertThat(service.exitCode()).isZero();
            assertThat(service.events().getLast().path("message").asText()).isEqualTo("stopped");
            assertThat(service.errors()).isEmpty();
        }
    }

    @Test
    void portTakenInsideIsNamedInOneErrorLine() {
        try (Container service = Container.serving()) {
            Result second =
                    Docker.command("exec", "-e", "KTRDR_DATA_DIR=/tmp/second")
                            .with("-e", "KTRDR_LOG_TO_FILE=false", service.name())
                            .with("ktrdr-entrypoint", "serve")
                            .run();
            assertThat(second.code()).isNotIn(0, 143);
            assertThat(second.lines().getLast()).contains("\"ERROR\"", "8000", "cannot start");
            assertThat(second.err()).isEmpty();
            assertThat(second.out()).doesNotContain("started KTRDR");
            assertThat(service.http().status("/api/health")).isEqualTo(200);
        }
    }

    /// The engine refuses to start the second container, but it has made it by then.
    @Test
    void portTakenOnTheHostIsRefusedByTheEngineAndHarmsNobody() {
        try (Container service = Container.serving();
                Container second = Container.named(Docker.freshName(), "")) {
            String port = "127.0.0.1:" + service.http().port() + ":8000";
            Result run =
                    Docker.command("run", "-d", "--label", Docker.LABEL, "--name", second.name())
                            .with("-p", port, Docker.IMAGE)
                            .run();
            assertThat(run.code()).isEqualTo(125);
            assertThat(run.err()).contains("port is already allocated");
            assertThat(service.http().status("/api/health")).isEqualTo(200);
        }
    }
}
