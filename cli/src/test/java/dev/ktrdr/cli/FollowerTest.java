package dev.ktrdr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the command stays with an operation, shown on a download, which prints the result as it is.
@Timeout(30)
class FollowerTest {

    private static final String ROUTE = "POST /api/v1/data/acquire/download";
    private static final String ID = "op_1";
    private static final String OPERATION = "/api/v1/operations/" + ID;
    private static final String DONE = "{\"status\":\"completed\",\"result_summary\":{\"bars\":3}}";
    private static final String RUNNING =
            "{\"status\":\"running\",\"progress\":{\"percentage\":50,\"current_step\":\"reading\","
                    + "\"items_processed\":5,\"items_total\":10}}";
    private static final String PROGRESS =
            "event: progress\ndata: {\"percentage\":42.0,\"current_step\":\"writing\"}\n\n";

    @TempDir private Path folder = Path.of("");
    private FakeService service = FakeService.start();
    private Shell shell = new Shell(folder);

    @BeforeEach
    void open() {
        shell = new Shell(folder).with("KTRDR_URL", service.url());
    }

    @AfterEach
    void close() {
        service.close();
    }

    private Shell.Outcome download(String... more) {
        List<String> words = new ArrayList<>(List.of("data", "download", "SPX", "1d"));
        words.addAll(List.of(more));
        return shell.run(words.toArray(String[]::new));
    }

    private static void stream(HttpExchange exchange, String events) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(events.getBytes(UTF_8));
        exchange.getResponseBody().flush();
    }

    /// The stream stays open, as that of a service that forgot to close it.
    @Test
    void endOfTheOperationEndsTheWait() throws InterruptedException {
        var over = new CountDownLatch(1);
        service.operation(ROUTE, ID, "", DONE);
        service.on(
                "GET " + OPERATION + "/events",
                exchange -> {
                    stream(exchange, PROGRESS + "event: completed\ndata: {}\n\n");
                    await(over);
                });
        assertThat(download().out()).isEqualTo("bars  3\n");
        over.countDown();
    }

    @Test
    void whereEventsDoNotGetThroughTheServiceIsAskedUntilTheEnd() {
        var asked = new AtomicInteger();
        service.operation(ROUTE, ID, "", DONE);
        service.on("GET " + OPERATION + "/events", 404, FakeService.error("NOT_FOUND", "none"));
        service.on(
                "GET " + OPERATION,
                exchange -> {
                    String state = asked.getAndIncrement() == 0 ? RUNNING : DONE;
                    FakeService.send(exchange, 200, "application/json", FakeService.good(state));
                });
        var outcome = shell.terminal(80).run("data", "download", "SPX", "1d");
        assertThat(outcome.out()).isEqualTo("bars  3\n");
        assertThat(asked).hasValue(2);
    }

    @Test
    void streamThatFallsSilentIsGivenUpAndTheServiceAsked() {
        var over = new CountDownLatch(1);
        service.operation(ROUTE, ID, "", DONE);
        service.on(
                "GET " + OPERATION + "/events",
                exchange -> {
                    stream(exchange, PROGRESS);
                    await(over);
                });
        var outcome = download("--timeout", "1");
        over.countDown();
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).isEqualTo("bars  3\n");
    }

    @ParameterizedTest
    @CsvSource({"failed, FAILED", "cancelled, CANCELLED"})
    void operationThatCameToNothingIsAnErrorWithItsReason(String status, String code) {
        service.operation(
                ROUTE,
                ID,
                "event: " + status + "\ndata: {}\n\n",
                "{\"status\":\"%s\",\"error_message\":\"the disk is full\"}".formatted(status));
        var outcome = download("--json");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo("ktrdr: " + code + ": the disk is full (operation op_1)\n");
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        {"success":false,"data":null,"error":{"code":"%s",\
                        "message":"the disk is full","details":{"operation_id":"op_1"}}}
                        """
                                .formatted(code));
    }

    @Test
    void warningsOfTheOperationAreTold() {
        String warned = DONE.replace("{\"status\"", "{\"warnings\":[\"old\"],\"status\"");
        service.operation(ROUTE, ID, "", warned);
        assertThat(download().err()).isEqualTo("ktrdr: warning: old\n");
    }

    @Test
    void lostServiceIsSaidWithHowToComeBack() {
        service.on(ROUTE, 202, FakeService.good("{\"operation_id\":\"op_1\"}"));
        service.on("GET " + OPERATION, HttpExchange::close);
        var outcome = download();
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err())
                .endsWith("; the operation may go on there: ktrdr operation show op_1\n");
    }

    @Test
    void progressIsShownOnlyToThoseWhoWatch() {
        service.operation(ROUTE, ID, "", DONE);
        service.on(
                "GET " + OPERATION + "/events",
                exchange -> {
                    pause();
                    stream(exchange, PROGRESS);
                });
        assertThat(download().err()).isEmpty();
        assertThat(shell.terminal(80).run("data", "download", "SPX", "1d").err())
                .contains("\r[########............]  42 %  writing")
                .endsWith("\r");
    }

    /// A process of its own, since a signal ends it. A shell may have started the tests in the
    /// background, where the interrupt is ignored, so its default is restored.
    @Test
    void interruptCancelsTheOperation() throws Exception {
        var listening = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        service.operation(ROUTE, ID, "", DONE);
        service.on(
                "GET " + OPERATION + "/events",
                exchange -> {
                    stream(exchange, PROGRESS);
                    listening.countDown();
                    await(cancelled);
                });
        service.on(
                "DELETE " + OPERATION,
                exchange -> {
                    FakeService.send(
                            exchange,
                            200,
                            "application/json",
                            FakeService.good("{\"status\":\"cancelled\"}"));
                    cancelled.countDown();
                });
        Process process = start("data", "download", "SPX", "1d", "--url", service.url());
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(folder.resolve("output")).hasContent("ktrdr: cancelled op_1\n");
        assertThat(service.request("DELETE").body())
                .isEqualTo("{\"reason\":\"interrupted by the user\"}");
    }

    private Process start(String... words) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "--default-signal=INT",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.ktrdr.cli.Main"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Longer than the time between two signs of progress, which is real time by nature.
    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
