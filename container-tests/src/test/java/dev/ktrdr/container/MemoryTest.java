package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.container.Command.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The heap follows the limit of the container, and running out of it is an end with a report.
@WithEngine
class MemoryTest {

    private static final int SMALL_HEAP_MB = 48;

    /// Rubric 35, first part.
    @ParameterizedTest
    @ValueSource(ints = {512, 1024})
    void heapFollowsTheLimit(int megabytes) {
        try (Container service = Container.serving("-m", megabytes + "m")) {
            double heap =
                    service.event("message", "started KTRDR " + Project.version())
                            .path("ktrdr.heap_max_mb")
                            .asDouble();
            double limit = megabytes * 1.048576;
            assertThat(heap / limit).isBetween(0.45, 0.70);
        }
    }

    /// Rubric 35, second part, for one minute instead of ten: what leaks shows in the first.
    @Test
    @Tag("slow")
    void minuteOfLoadStaysInsideTheLimit() throws InterruptedException {
        try (Container service = Container.serving("-m", "512m", "--cpus", "2")) {
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            AtomicInteger failed = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            List<Thread> clients =
                    IntStream.range(0, 4)
                            .mapToObj(
                                    i ->
                                            Thread.ofVirtual()
                                                    .start(
                                                            () ->
                                                                    load(
                                                                            service, i, end, done,
                                                                            failed)))
                            .toList();
            for (Thread client : clients) {
                client.join();
            }
            assertThat(failed).hasValue(0);
            assertThat(done.get()).isGreaterThan(100);
            assertThat(service.state().path("OOMKilled").asBoolean()).isFalse();
            assertThat(service.running()).isTrue();
            assertThat(service.http().get("/api/health").text()).contains("\"ok\"");
        }
    }

    private static void load(
            Container service, int client, long end, AtomicInteger done, AtomicInteger failed) {
        Http http = service.http();
        for (int i = 0; System.nanoTime() < end; i++) {
            String symbol = "C%dS%d".formatted(client, i % 5);
            boolean fine =
                    http.importCsv(symbol, Csv.days(20_000, i)).status() == 200
                            && http.bars(symbol).status() == 200
                            && http.get("/api/v1/symbols").status() == 200;
            if (fine) {
                done.incrementAndGet();
            } else {
                failed.incrementAndGet();
            }
        }
    }

    /// Rubric 36. The dumps of both ends are there, since Java never overwrites one.
    @Test
    void everyEndByHeapHasCode3AndADumpOfItsOwn() {
        try (Volume logs = Volume.fresh();
                Container service = smallHeap("-v", logs.asLogs())) {
            exhaust(service);
            assertThat(service.exitCode()).isEqualTo(3);
            exhaust(service.start().awaitServing());
            assertThat(service.exitCode()).isEqualTo(3);
            List<String> dumps =
                    logs.root("find /volume -name 'heap-*.hprof.gz' -size +100k").lines();
            assertThat(dumps).hasSize(2);
            // A third start keeps the newest alone, so that crashes in a row do not fill the disk.
            service.start().awaitServing();
            assertThat(logs.root("find /volume -name 'heap-*'").lines()).hasSize(1);
        }
    }

    /// Rubric 36, last part.
    @Test
    void restartPolicyBringsItBackAfterTheHeapIsFull() {
        int port = FreePort.find();
        try (Container service =
                smallHeap("--restart", "on-failure:3", "-p", "127.0.0.1:" + port + ":8000")) {
            exhaust(service);
            Await.until(
                    "restarted",
                    Duration.ofSeconds(60),
                    () -> Docker.inspect(service.name()).path("RestartCount").asInt() == 1);
            try (Http again = new Http(port, "")) {
                Await.until(
                        "serves again",
                        Duration.ofSeconds(60),
                        () -> again.status("/api/health") == 200);
            }
        }
    }

    private static Container smallHeap(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-e", "JAVA_OPTS_APPEND=-Xmx" + SMALL_HEAP_MB + "m"));
        return Container.serving(all.toArray(String[]::new));
    }

    /// Sends texts that together are larger than the heap, at the same time.
    private static void exhaust(Container service) {
        int clients = 6;
        byte[] megabyte = "x".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        String head =
                Http.head(
                        "PUT /api/v1/log-level HTTP/1.1",
                        "Content-Type: application/json",
                        "Content-Length: 19000012");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            String start = head + "{\"level\":\"x";
            Runnable send =
                    () -> {
                        String _ = service.http().raw(start, Collections.nCopies(19, megabyte));
                    };
            threads.add(Thread.ofVirtual().start(send));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// The largest body that is allowed, in the memory that Compose gives by default.
    @ParameterizedTest
    @ValueSource(strings = {"rows", "one line"})
    void largestBodyFitsIntoTheMemoryOfTheComposeFile(String content) {
        try (Container service = Container.serving("-m", "1g")) {
            String body =
                    content.equals("rows")
                            ? minutes(63_000_000)
                            : Csv.HEADER + "x".repeat(63_000_000);
            Http.Reply reply =
                    service.http()
                            .post(
                                    "/api/v1/data/import?symbol=B&timeframe=1m&wait=60",
                                    "text/csv",
                                    body);
            assertThat(reply.status())
                    .as(reply.text())
                    .isEqualTo(content.equals("rows") ? 200 : 400);
            assertThat(reply.text()).hasSizeLessThan(10_000);
            assertThat(service.running()).isTrue();
            assertThat(service.http().status("/api/health")).isEqualTo(200);
        }
    }

    /// {@return rising bars of one minute each, `bytesMax` of text at most}
    private static String minutes(int bytesMax) {
        Instant time = Instant.parse("1990-01-01T00:00:00Z");
        StringBuilder text =
                new StringBuilder(bytesMax).append("time,open,high,low,close,volume\n");
        while (text.length() < bytesMax - 60) {
            text.append(time).append(",10.25,11.5,9.75,10.5,1000\n");
            time = time.plusSeconds(60);
        }
        return text.toString();
    }

    @Test
    void idleServiceIsSmall() {
        try (Container service = Container.serving("-m", "1g")) {
            Result rss = service.exec("sh", "-c", "ps -o rss= -p $(pgrep java)");
            assertThat(Long.parseLong(rss.fine().text())).as("KiB").isLessThan(200_000);
        }
    }
}
