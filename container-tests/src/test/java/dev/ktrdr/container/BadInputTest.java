package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.container.Command.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that nobody should send. One service takes them all and has to be fine at the end.
@WithEngine
class BadInputTest {

    private static final String TOKEN = "the-right-token";
    private static final String IMPORT = "/api/v1/data/import?symbol=A&timeframe=1d&wait=60";
    private static final byte[] MEGABYTE =
            "2020-01-02,1,2,1,2,10\n"
                    .repeat(45_454)
                    .concat("1234567890\n\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private static Container service = Container.named("", "");

    @BeforeAll
    static void startOne() {
        service = Container.production(TOKEN, "-m", "1g");
    }

    @AfterAll
    static void itIsStillFine() {
        try {
            assertThat(service.http().get("/api/health").text()).contains("\"ok\"");
            assertThat(service.output().lines().filter(line -> line.contains("\"ERROR\"")))
                    .isEmpty();
            assertThat(service.errors()).isEmpty();
        } finally {
            service.close();
        }
    }

    private static JsonNode envelope(String answer) {
        JsonNode envelope = Docker.json(answer.substring(answer.indexOf("\r\n\r\n{") + 4));
        assertThat(envelope.path("success").asBoolean(true)).isFalse();
        assertThat(envelope.path("data").isNull()).isTrue();
        return envelope.path("error");
    }

    @Test
    void hundredMegabytesAreRefusedBeforeTheyAreRead() {
        String head =
                Http.head(
                        "POST /api/v1/data/load HTTP/1.1",
                        "Authorization: Bearer " + TOKEN,
                        "Content-Type: application/json",
                        "Content-Length: 100000000");
        String answer = service.http().raw(head, Collections.nCopies(100, MEGABYTE));
        assertThat(answer).startsWith("HTTP/1.1 413 ");
        assertThat(envelope(answer).path("code").asText()).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(envelope(answer).path("message").asText()).contains("KTRDR_BODY_LIMIT_MB", "64");
    }

    @Test
    void hundredMegabytesInChunksAreRefusedToo() {
        String head =
                Http.head(
                        "POST /api/v1/data/load HTTP/1.1",
                        "Authorization: Bearer " + TOKEN,
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked");
        List<byte[]> parts = new ArrayList<>();
        // Blanks before the value are JSON as far as it goes.
        byte[] blanks = " ".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        String size = Integer.toHexString(blanks.length) + "\r\n";
        for (int i = 0; i < 100; i++) {
            parts.add(size.getBytes(StandardCharsets.US_ASCII));
            parts.add(blanks);
            parts.add("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        parts.add("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        String answer = service.http().raw(head, parts);
        assertThat(answer).startsWith("HTTP/1.1 413 ");
        assertThat(envelope(answer).path("code").asText()).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "", "[]", "{\"level\":}", "{\"level\":1,\"x\":2}", "null", "\u0000"})
    void malformedJsonIsA400InTheEnvelope(String json) {
        Http.Reply reply = service.http().put("/api/v1/log-level", json);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("INVALID");
    }

    /// One client that guesses must not lock out the others, which look alike behind the gateway.
    @Test
    void thousandWrongTokensAreSlowedAndTheRightOnePasses() {
        Http wrong = service.http().withToken("wrong");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            statuses.add(wrong.get("/api/v1/symbols").status());
        }
        assertThat(statuses.getFirst()).isEqualTo(401);
        assertThat(statuses).containsOnly(401, 429);
        assertThat(Collections.frequency(statuses, 429)).isGreaterThan(800);
        Http.Reply slowed = wrong.get("/api/v1/symbols");
        assertThat(slowed.error()).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(Integer.parseInt(slowed.header("Retry-After"))).isBetween(1, 60);
        assertThat(service.http().get("/api/v1/symbols").status()).isEqualTo(200);
        assertThat(wrong.get("/api/health").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "..",
                ".",
                "/",
                "a/../../b",
                "a\\..\\b",
                "%2e%2e%2f",
                "*",
                "?",
                "[a-z]",
                "{a,b}",
                "a'; DROP TABLE import; --",
                "';COPY(SELECT 1)TO'/tmp/x",
                "symbol=x",
                "$(id)",
                "`id`",
                "a b",
                "a\u0000b",
                "a\nb",
                "é",
                "你好",
                "<script>",
                "CON",
                "-rf",
                "~",
                "BTC/USDT",
                "^GSPC",
                "BRK.B",
                "",
            })
    void hostileSymbolIsRefusedOrComesBackAsItself(String symbol) {
        Http.Reply reply = service.http().importCsv(symbol, Csv.one());
        assertThat(reply.status()).as(reply.text()).isIn(200, 400);
        if (reply.status() == 200) {
            assertThat(reply.data().path("symbol").asText()).isEqualTo(symbol);
            JsonNode bars = service.http().bars(symbol).data();
            assertThat(bars.path("symbol").asText()).isEqualTo(symbol);
            assertThat(bars.path("dates")).hasSize(1);
            assertThat(service.http().get("/api/v1/symbols").data().findValuesAsText("symbol"))
                    .contains(symbol);
        } else {
            assertThat(reply.error()).isEqualTo("INVALID");
        }
        // Exactly one folder below the timeframe, and nothing beside the folders of the service.
        String strays =
                "find data/bars -mindepth 3 -type d; find /tmp -name x;"
                        + " ls data | grep -vE"
                        + " '^(bars|inbox|secrets|schema-version|ktrdr[.](db.*|lock))$'; :";
        assertThat(service.exec("sh", "-c", strays).fine().text()).isEmpty();
    }

    @Test
    void symbolIsAtMost64CharactersLong() {
        assertThat(service.http().importCsv("A".repeat(64), Csv.one()).status()).isEqualTo(200);
        assertThat(service.http().importCsv("A".repeat(65), Csv.one()).status()).isEqualTo(400);
        assertThat(service.http().importCsv("^".repeat(64), Csv.one()).status()).isEqualTo(200);
        assertThat(service.http().bars("^".repeat(64)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "date,open\n1,2\n",
                "date,open,high,low,close\n",
                "date,open,high,low,close\nyesterday,1,2,1,2\n",
                "date,open,high,low,close\n2020-01-02,1,NaN,1,2\n",
                "date,open,high,low,close\n2020-01-02,1,1e999,1,2\n",
                "date,open,high,low,close\n2020-01-02,2,1,3,2\n",
                "date,open,high,low,close\n+999999999-01-01T00:00:00Z,1,2,1,2\n",
                "PK\u0003\u0004\u0000\u0000",
            })
    void csvWithoutABarIsA400ThatSaysWhy(String csv) {
        Http.Reply reply = service.http().importCsv("BAD", csv);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("INVALID");
        assertThat(reply.json().path("error").path("message").asText()).isNotBlank();
        assertThat(service.http().bars("BAD").status()).isEqualTo(404);
    }

    @Test
    void pathsMethodsAndTypesThatDoNotExistHaveTheOneErrorShape() {
        Http http = service.http();
        assertThat(http.get("/api/v1/nothing").error()).isEqualTo("NOT_FOUND");
        assertThat(http.get("/nothing").error()).isEqualTo("NOT_FOUND");
        assertThat(http.put("/api/v1/symbols", "{}").error()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(http.post(IMPORT, "application/pdf", "x").error())
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(http.get("/api/v1/data/A/2d").error()).isEqualTo("INVALID");
        assertThat(http.get("/api/v1/data/A/1d?limit=-1").error()).isEqualTo("INVALID");
        assertThat(http.get("/api/v1/data/A/1d?start=today").error()).isEqualTo("INVALID");
    }

    /// A client that goes away in the middle is no fault of the service.
    @Test
    void brokenConnectionLeavesNothingBehind() throws IOException {
        try (var socket = service.http().connect()) {
            String head =
                    Http.head(
                            "POST /api/v1/data/import?symbol=HALF&timeframe=1d&wait=60 HTTP/1.1",
                            "Authorization: Bearer " + TOKEN,
                            "Content-Type: text/csv",
                            "Content-Length: 1000000");
            socket.getOutputStream().write((head + Csv.one()).getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(service.http().get("/api/v1/symbols").status()).isEqualTo(200);
        assertThat(service.http().bars("HALF").status()).isEqualTo(404);
        Result parts = service.exec("sh", "-c", "find data -name '*.part'");
        assertThat(parts.fine().text()).isEmpty();
    }
}
