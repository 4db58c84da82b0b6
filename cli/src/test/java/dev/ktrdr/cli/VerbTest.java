package dev.ktrdr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the verbs ask and print.
class VerbTest {

    private static final String IMPORT = "POST /api/v1/data/import";

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

    private static String health(String status) {
        return """
               {"status":"%s","version":"1.0.5.5","environment":"production","uptime_s":93784,\
               "checks":{"data":{"status":"ok","detail":"writable"},\
               "disk":{"status":"degraded","detail":"3 %% free"}}}"""
                .formatted(status);
    }

    @Test
    void healthIsATableOfTheServiceAndOneOfItsChecks() {
        service.on("GET /api/health/ready", 200, health("degraded"));
        var outcome = shell.run("health");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        status       degraded
                        version      1.0.5.5
                        environment  production
                        uptime       1 d 2 h 03 min 04 s

                        CHECK  STATUS    DETAIL
                        data   ok        writable
                        disk   degraded  3 % free
                        """);
    }

    @Test
    void statusIsAnotherWordForHealth() {
        service.on("GET /api/health/ready", 200, health("ok"));
        assertThat(shell.run("status").out()).startsWith("status       ok\n");
    }

    @Test
    void unhealthyServiceIsShownAndExitsWithOne() {
        for (String status : new String[] {"unhealthy", "starting", "stopping"}) {
            service.on("GET /api/health/ready", 503, health(status));
            var table = shell.run("health");
            assertThat(table.exit()).isEqualTo(1);
            assertThat(table.out()).startsWith("status       " + status);
            var json = shell.run("health", "--json");
            assertThat(json.exit()).isEqualTo(1);
            assertThat(json.out())
                    .startsWith("{\"success\":false,\"data\":{\"status\":\"" + status + "\"")
                    .contains("\"code\":\"UNHEALTHY\"");
        }
    }

    @Test
    void healthAsJsonHoldsAllThatTheServiceTold() {
        service.on("GET /api/health/ready", 200, health("ok"));
        assertThat(shell.run("health", "--json").out())
                .isEqualTo("{\"success\":true,\"data\":" + health("ok") + ",\"error\":null}\n");
    }

    @Test
    void configIsATableOfNamesValuesAndOrigins() {
        service.data(
                "GET /api/v1/config",
                """
                {"settings":[{"name":"LOG_LEVEL","key":"log.level","value":"INFO",\
                "origin":"file config/application.yaml:3","secret":false},\
                {"name":"KTRDR_API_TOKEN","value":"****","origin":"environment","secret":true},\
                {"name":"KTRDR_LOG_TO_FILE","value":null,"origin":"default"}]}""");
        assertThat(shell.run("config").out())
                .isEqualTo(
                        """
                        NAME               VALUE  ORIGIN
                        LOG_LEVEL          INFO   file config/application.yaml:3
                        KTRDR_API_TOKEN    ****   environment
                        KTRDR_LOG_TO_FILE         default
                        """);
    }

    @Test
    void logLevelIsSetInCapitals() {
        service.data("PUT /api/v1/log-level", "{\"level\":\"DEBUG\"}");
        assertThat(shell.run("log-level", "debug").out()).isEqualTo("DEBUG\n");
        assertThat(service.request().body()).isEqualTo("{\"level\":\"DEBUG\"}");
        assertThat(service.request().header("Content-type")).isEqualTo("application/json");
    }

    @Test
    void dataListIsATableOfSymbols() {
        service.data(
                "GET /api/v1/symbols",
                """
                [{"symbol":"BTC/USDT","timeframes":["1h","1d"]},\
                {"symbol":"SPX","timeframes":["1d"]}]""");
        assertThat(shell.run("data", "list").out())
                .isEqualTo("SYMBOL    TIMEFRAMES\nBTC/USDT  1h 1d\nSPX       1d\n");
    }

    @Test
    void dataListWithoutDataSaysHowToBringSome() {
        service.data("GET /api/v1/symbols", "[]");
        assertThat(shell.run("data", "list").out()).startsWith("no data yet; bring some with: ");
    }

    private static final String TWO_BARS =
            """
            {"symbol":"SPX","timeframe":"1d",\
            "dates":["2024-01-02T00:00:00Z","2024-01-03T00:00:00Z"],\
            "ohlcv":[[4745.2,4754.33,4722.67,4742.830,3743050000],[1e-8,9.5,4699,4704.81,null]],\
            "metadata":{"start":"2024-01-02T00:00:00Z","end":"2024-01-03T00:00:00Z","points":2}}""";

    /// Digits come as they were sent, zeroes at the end and small numbers included.
    @Test
    void dataShowIsATableOfTheLastTenBars() {
        service.data("GET /api/v1/data/SPX/1d", TWO_BARS);
        assertThat(shell.run("data", "show", "SPX", "1d").out())
                .isEqualTo(
                        """
                        TIME                        OPEN     HIGH      LOW     CLOSE      VOLUME
                        2024-01-02T00:00:00Z      4745.2  4754.33  4722.67  4742.830  3743050000
                        2024-01-03T00:00:00Z  0.00000001      9.5     4699   4704.81
                        """);
        assertThat(service.request().target()).isEqualTo("/api/v1/data/SPX/1d?limit=10");
    }

    @Test
    void dataShowSurvivesANarrowTerminal() {
        service.data("GET /api/v1/data/SPX/1d", TWO_BARS);
        assertThat(shell.terminal(40).run("data", "show", "SPX", "1d").out())
                .startsWith("TIME: 2024-01-02T00:00:00Z\nOPEN: 4745.2\nHIGH: 4754.33\n");
    }

    @Test
    void dataShowAsksForTheRangeAndAllBarsForLimitZero() {
        service.data("GET /api/v1/data/SPX/1d", TWO_BARS);
        shell.run(
                "data show SPX 1d --start 2024-01-01 --end 2024-01-31T00:00:00Z --limit 0"
                        .split(" "));
        assertThat(service.request().target())
                .isEqualTo("/api/v1/data/SPX/1d?start=2024-01-01&end=2024-01-31T00%3A00%3A00Z");
    }

    @Test
    void hostileSymbolStaysOneSegment() {
        service.data("GET /api/v1/data/..%2F..%2Fconfig%3Fx%23%0A/1d", TWO_BARS);
        assertThat(shell.run("data", "show", "../../config?x#\n", "1d").exit()).isZero();
        assertThat(shell.run("data", "show", "..", "1d").exit()).isEqualTo(2);
    }

    @Test
    void symbolMayBeginWithAnAt() {
        service.data("GET /api/v1/data/%40ES/1d", TWO_BARS);
        assertThat(shell.run("data", "show", "@ES", "1d").exit()).isZero();
    }

    @Test
    void datesThatDoNotMatchTheBarsAreRefused() {
        service.data("GET /api/v1/data/SPX/1d", "{\"dates\":[\"x\"],\"ohlcv\":[]}");
        var outcome = shell.run("data", "show", "SPX", "1d");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("ktrdr: the service sent 1 dates for 0 bars\n");
    }

    @Test
    void unknownSeriesIsAnErrorOfTheService() {
        var outcome = shell.run("data", "show", "NOPE", "1d");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("ktrdr: NOT_FOUND: no route");
    }

    private static final String IMPORTED =
            """
            {"symbol":"BTC/USDT","timeframe":"1d","rows_in":3,"rows_kept":2,"rows_refused":1,\
            "refused":[{"line":4,"text":"2024-01-04,9,1,5,5\\u001b[31m",\
            "reason":"high below open"}],\
            "sha256":"00"}""";

    @Test
    void importSendsTheFileAndPrintsWhatWasRefusedAndWhy() throws IOException {
        String csv = "date,open,high,low,close\n2024-01-02,1,2,0.5,1.5\n";
        Files.writeString(folder.resolve("my bars.csv"), csv);
        service.data(IMPORT, IMPORTED);
        var outcome =
                shell.run(
                        "data",
                        "import",
                        "my bars.csv",
                        "--symbol",
                        "BTC/USDT",
                        "--timeframe",
                        "1d");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        BTC/USDT 1d: 3 rows read, 2 kept, 1 refused

                        LINE  REASON           TEXT
                           4  high below open  2024-01-04,9,1,5,5\\u001b[31m
                        """);
        var request = service.request();
        assertThat(request.target())
                .isEqualTo("/api/v1/data/import?symbol=BTC%2FUSDT&timeframe=1d");
        assertThat(request.body()).isEqualTo(csv);
        assertThat(request.header("Content-type")).isEqualTo("text/csv");
        assertThat(request.header("Content-length")).isEqualTo(Integer.toString(csv.length()));
    }

    @Test
    void importReadsStandardInput() {
        service.data(IMPORT, IMPORTED);
        var outcome =
                shell.typing("date,open\n")
                        .run("data", "import", "-", "--symbol", "S", "--timeframe", "1d", "--json");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).startsWith("{\"success\":true,\"data\":{\"symbol\"");
        assertThat(service.request().body()).isEqualTo("date,open\n");
    }

    @Test
    void importOfAnEmptyFileLeavesTheVerdictToTheService() throws IOException {
        Files.createFile(folder.resolve("empty.csv"));
        service.on(IMPORT, 400, FakeService.error("INVALID", "no header"));
        var outcome =
                shell.run("data", "import", "empty.csv", "--symbol", "S", "--timeframe", "1d");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("ktrdr: INVALID: no header (request r-1)\n");
    }

    @Test
    void importOfMoreRefusedRowsThanFitSaysHowManyAreNotShown() {
        var rows = new StringBuilder();
        for (int line = 2; line < 52; line++) {
            rows.append(rows.isEmpty() ? "" : ",")
                    .append("{\"line\":%d,\"text\":\"x\",\"reason\":\"bad\"}".formatted(line));
        }
        service.data(
                IMPORT,
                """
                {"symbol":"S","timeframe":"1d","rows_in":900,"rows_kept":0,\
                "rows_refused":900,"refused":[%s]}"""
                        .formatted(rows));
        var outcome =
                shell.typing("x").run("data", "import", "-", "--symbol", "S", "--timeframe", "1d");
        assertThat(outcome.out()).contains("  21  bad").doesNotContain("  22  bad");
        assertThat(outcome.out()).endsWith("and 880 more; --json tells more of them\n");
    }

    @Test
    void importOfAMissingFileOrAFolderIsALocalProblem() {
        for (String file : new String[] {"missing.csv", "."}) {
            var outcome = shell.run("data", "import", file, "--symbol", "S", "--timeframe", "1d");
            assertThat(outcome.exit()).isEqualTo(5);
            assertThat(outcome.err()).startsWith("ktrdr: cannot read " + folder);
        }
    }
}
