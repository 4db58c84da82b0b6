package dev.ktrdr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can go wrong between the command and a service.
class ServiceTest {

    private static final String ROUTE = "GET /api/v1/log-level";

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

    @Test
    void withoutATokenARefusalSaysHowToGiveOne() {
        service.on(ROUTE, 401, FakeService.error("UNAUTHORIZED", "no token"));
        var outcome = shell.run("log-level");
        assertThat(outcome.exit()).isEqualTo(4);
        assertThat(outcome.err())
                .isEqualTo(
                        "ktrdr: not authorised at "
                                + service.url()
                                + ": a token is needed: give it in KTRDR_API_TOKEN or"
                                + " KTRDR_API_TOKEN_FILE; a service that made its own keeps it in"
                                + " data/secrets/api-token (request r-1)\n");
    }

    @Test
    void refusedTokenIsNamedByItsOriginAndNotShown() {
        service.on(ROUTE, 401, FakeService.error("UNAUTHORIZED", "bad token"));
        var outcome = shell.with("KTRDR_API_TOKEN", "hunter2").run("log-level", "--json");
        assertThat(outcome.exit()).isEqualTo(4);
        assertThat(outcome.err())
                .contains("the token from KTRDR_API_TOKEN was refused")
                .doesNotContain("hunter2");
        assertThat(outcome.out()).isEqualTo(FakeService.error("UNAUTHORIZED", "bad token") + "\n");
    }

    @Test
    void refusalWithoutAnEnvelopeIsARefusalToo() {
        service.on(ROUTE, exchange -> exchange.sendResponseHeaders(401, -1));
        assertThat(shell.run("log-level").exit()).isEqualTo(4);
    }

    @Test
    void tokenIsSentAsBearer() {
        service.data(ROUTE, "{\"level\":\"INFO\"}");
        assertThat(shell.with("KTRDR_API_TOKEN", "abc").run("log-level").exit()).isZero();
        assertThat(service.request().header("Authorization")).isEqualTo("Bearer abc");
    }

    @Test
    void healthIsAskedWithoutAToken() {
        service.on("GET /api/health/ready", 200, "{\"status\":\"ok\"}");
        shell.with("KTRDR_API_TOKEN", "abc").run("health");
        assertThat(service.request().header("Authorization")).isEmpty();
    }

    @Test
    void errorOfTheServiceIsToldWithCodeMessageAndRequest() {
        service.on(ROUTE, 500, FakeService.error("INTERNAL", "the disk is full"));
        var outcome = shell.run("log-level");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEqualTo("ktrdr: INTERNAL: the disk is full (request r-1)\n");
    }

    @Test
    void errorOfTheServiceIsPassedOnWhereJsonIsWanted() {
        service.on(ROUTE, 500, FakeService.error("INTERNAL", "the disk is full"));
        var outcome = shell.run("log-level", "--json");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out())
                .isEqualTo(FakeService.error("INTERNAL", "the disk is full") + "\n");
    }

    @Test
    void throttleSaysWhenToTryAgain() {
        service.on(
                ROUTE,
                exchange -> {
                    byte[] body =
                            FakeService.error("TOO_MANY_REQUESTS", "slow down").getBytes(UTF_8);
                    exchange.getResponseHeaders().set("Retry-After", "7");
                    exchange.sendResponseHeaders(429, body.length);
                    exchange.getResponseBody().write(body);
                });
        assertThat(shell.run("log-level").err())
                .isEqualTo("ktrdr: TOO_MANY_REQUESTS: slow down; try again in 7 s\n");
    }

    @Test
    void errorCannotSteerTheTerminal() {
        service.on(ROUTE, 400, FakeService.error("INVALID", "\\u001b[2J"));
        assertThat(shell.run("log-level").err()).contains("\\u001b[2J").doesNotContain("\u001b");
    }

    @Test
    void answersOfOtherServicesAreToldApart() {
        String[] bodies = {
            "<html>hello</html>",
            "",
            "{",
            "[]",
            "{\"level\":\"INFO\"}",
            "{\"success\":false,\"data\":null,\"error\":null}",
            "{\"success\":true,\"data\":{\"level\":\"INFO\"}} trailing"
        };
        for (String body : bodies) {
            service.on(ROUTE, 200, body);
            var outcome = shell.run("log-level");
            assertThat(outcome.exit()).as(body).isEqualTo(1);
            assertThat(outcome.err()).as(body).contains("does not answer as KTRDR does (HTTP 200");
        }
    }

    @Test
    void answerThatLacksAFieldIsSaid() {
        service.data(ROUTE, "{}");
        var outcome = shell.run("log-level");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("the answer of the service lacks \"level\"");
    }

    @Test
    void redirectIsNotFollowed() {
        service.on(
                ROUTE,
                exchange -> {
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    exchange.sendResponseHeaders(302, -1);
                });
        var outcome = shell.with("KTRDR_API_TOKEN", "abc").run("log-level");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("HTTP 302");
        assertThat(service.request().target()).isEqualTo("/api/v1/log-level");
    }

    @Test
    void serviceThatDoesNotSpeakHttpIsABrokenConnection() throws IOException {
        try (var raw = RawService.thatHangsUpAfter("SSH-2.0-OpenSSH_9.9\r\n")) {
            var outcome = shell.run("log-level", "--url", raw.url());
            assertThat(outcome.exit()).isEqualTo(3);
            assertThat(outcome.err()).contains("the connection to " + raw.url() + " broke (");
        }
    }

    @Test
    void serviceThatHangsUpIsABrokenConnection() throws IOException {
        try (var raw = RawService.thatHangsUpAfter("")) {
            var outcome = shell.run("log-level", "--url", raw.url());
            assertThat(outcome.exit()).isEqualTo(3);
            assertThat(outcome.err()).contains(" broke (");
        }
    }

    @Test
    void serviceThatNeverAnswersIsGivenUp() throws IOException {
        try (var raw = RawService.thatFallsSilentAfter("")) {
            var outcome = shell.run("log-level", "--url", raw.url(), "--timeout", "1");
            assertThat(outcome.exit()).isEqualTo(3);
            assertThat(outcome.err())
                    .isEqualTo(
                            "ktrdr: "
                                    + raw.url()
                                    + " was silent for 1 s: is it busy?"
                                    + " --timeout SECONDS waits longer\n");
        }
    }

    @Test
    void serviceThatFallsSilentInTheBodyIsGivenUp() throws IOException {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"success\"";
        try (var raw = RawService.thatFallsSilentAfter(head)) {
            var outcome = shell.run("log-level", "--url", raw.url(), "--timeout", "1");
            assertThat(outcome.exit()).isEqualTo(3);
            assertThat(outcome.err()).contains("was silent for 1 s");
        }
    }

    /// The default selector of the process would send everything to a port where nobody is.
    @Test
    void thisMachineIsNeverReachedThroughAProxy() {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(
                ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
        try {
            service.data(ROUTE, "{\"level\":\"INFO\"}");
            assertThat(shell.run("log-level").out()).isEqualTo("INFO\n");
            String localhost = service.url().replace("127.0.0.1", "localhost");
            assertThat(shell.run("log-level", "--url", localhost).out()).isEqualTo("INFO\n");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void sourceThatCannotBeReadIsALocalProblem() {
        service.data("POST /api/v1/data/import", "{}");
        var broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("Input/output error");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return read();
                    }
                };
        var outcome =
                shell.reading(broken)
                        .run("data", "import", "-", "--symbol", "S", "--timeframe", "1d");
        assertThat(outcome.exit()).isEqualTo(5);
        assertThat(outcome.err())
                .isEqualTo("ktrdr: cannot read what to send: Input/output error\n");
    }
}
