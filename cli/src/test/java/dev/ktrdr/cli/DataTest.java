package dev.ktrdr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the verbs about data ask and print.
class DataTest {

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
    void dataListIsATableOfSymbols() {
        service.data(
                "GET /api/v1/symbols",
                """
                [{"symbol":"BTC/USDT","available_timeframes":["1h","1d"]},\
                {"symbol":"SPX","available_timeframes":["1d"]}]""");
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

    @Test
    void qualityIsAPageOfFactsAndTables() {
        service.data(
                "GET /api/v1/data/SPX/1d/quality",
                """
                {"bars":5104,"coverage":0.99996,"volume":null,"gaps":{"weekend":1059,\
                "holiday":179},"closed_days":[{"date":"2012-10-29","name":"Hurricane Sandy"},\
                {"date":"2012-10-30","name":"Hurricane Sandy"}],"overlaps":[]}""");
        assertThat(shell.run("data", "quality", "SPX", "1d").out())
                .isEqualTo(
                        """
                        SPX 1d

                        bars          5104
                        coverage      99.99 %
                        gaps weekend  1059
                        gaps holiday  179

                        closed days
                        DATE        NAME
                        2012-10-29  Hurricane Sandy
                        2012-10-30  Hurricane Sandy
                        """);
    }

    @Test
    void resampleAsksForTheTargetAndListsWhatTheServiceTells() {
        service.data("POST /api/v1/data/resample", "{\"symbol\":\"SPX\",\"bars_added\":1059}");
        assertThat(shell.run("data", "resample", "SPX", "1d", "1w").out())
                .isEqualTo("symbol      SPX\nbars added  1059\n");
        assertThat(service.request().body())
                .isEqualTo(
                        "{\"symbol\":\"SPX\",\"timeframe\":\"1d\",\"target\":\"1w\""
                                + ",\"store\":true}");
    }

    @Test
    void fillWantsToKnowHowLongAGapItMayFill() {
        assertThat(shell.run("data", "fill", "BTC/USDT", "1m").exit()).isEqualTo(2);
        service.data("POST /api/v1/data/fill", "{\"bars_added\":3}");
        shell.run("data", "fill", "BTC/USDT", "1m", "--max-gap-bars", "5");
        assertThat(service.request().body())
                .isEqualTo("{\"symbol\":\"BTC/USDT\",\"timeframe\":\"1m\",\"max_gap_bars\":5}");
    }

    @Test
    void downloadStaysWithTheOperationUntilItIsOver() {
        service.operation(
                "POST /api/v1/data/acquire/download",
                "op_7",
                "",
                "{\"status\":\"completed\",\"result_summary\":{\"bars_added\":12}}");
        var outcome = shell.run("data", "download", "BTC/USDT", "1h", "--start", "2024-01-01");
        assertThat(outcome.out()).isEqualTo("bars added  12\n");
        assertThat(service.request("POST").body())
                .isEqualTo(
                        "{\"symbol\":\"BTC/USDT\",\"timeframe\":\"1h\""
                                + ",\"start_date\":\"2024-01-01\"}");
    }
}
