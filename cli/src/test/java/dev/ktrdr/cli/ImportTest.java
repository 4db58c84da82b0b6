package dev.ktrdr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From the file to the report.
class ImportTest {

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

    private static final String ROUTE = "POST /api/v1/data/import";
    private static final String DETECTED =
            """
            {"format":"csv","separator":";","header":true,"time_form":"ISO date","zone":"UTC",\
            "columns":{"time":"Date","open":"Open","high":"High","low":"Low","close":"Close"},\
            "ignored":["Adj Close","Name"],"notes":["decimal comma"]}""";
    private static final String RESULT =
            """
            {"symbol":"BTC/USDT","timeframe":"1d","detected":%s,"dry_run":false,"mode":"keep",\
            "rows_in":4,"rows_kept":2,"rows_duplicate":1,"rows_refused":1,"rows_out_of_order":0,\
            "bars_added":1,"bars_same":0,"bars_differing":1,"bars_now":2,\
            "first":"2024-01-02T00:00:00Z","last":"2024-01-03T00:00:00Z","sha256":"00",\
            "refused":[{"line":4,"text":"2024-01-04,9,1,5,5\\u001B[31m",\
            "reason":"high below open"}],"rejects_available":true,"coverage":0.66667,\
            "unexpected_gaps":1}"""
                    .formatted(DETECTED);
    private static final String EVENTS =
            """
            : hello

            event: detected
            data: %s

            event: progress
            data: {"percentage":50.0,"current_step":"reading"}

            event: completed
            data: {}

            """
                    .formatted(DETECTED);

    private static String completed(String result) {
        return "{\"status\":\"completed\",\"result_summary\":" + result + "}";
    }

    private Shell.Outcome runImport(String... more) {
        var words = new ArrayList<>(List.of("data", "import"));
        words.addAll(List.of(more));
        words.addAll(List.of("--symbol", "BTC/USDT", "--timeframe", "1d"));
        return shell.typing("date,open\n").run(words.toArray(String[]::new));
    }

    @Test
    void importTellsWhatTheFileIsThenWhatWasKeptAndWhatRefusedAndWhy() throws IOException {
        Files.writeString(folder.resolve("my bars.csv"), "Date;Open\n");
        service.operation(ROUTE, "op_1", EVENTS, completed(RESULT));
        var outcome = runImport("my bars.csv");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        format   csv, separator ;
                        time     ISO date UTC
                        columns  time=Date open=Open high=High low=Low close=Close
                        ignored  Adj Close, Name
                        note     decimal comma

                        BTC/USDT 1d: 4 rows read, 2 kept, 1 refused, 1 duplicate
                        bars added              1
                        bars known              0
                        bars left as they were  1
                        bars now                2
                        first                   2024-01-02T00:00:00Z
                        last                    2024-01-03T00:00:00Z
                        coverage                66.66 %
                        unexpected gaps         1

                        LINE  REASON           TEXT
                           4  high below open  2024-01-04,9,1,5,5\\u001b[31m
                        """);
        assertThat(service.asked())
                .containsExactly(
                        "POST /api/v1/data/import?symbol=BTC%2FUSDT&timeframe=1d"
                                + "&filename=my%20bars.csv",
                        "GET /api/v1/operations/op_1/events", "GET /api/v1/operations/op_1");
        var request = service.request("POST");
        assertThat(request.body()).isEqualTo("Date;Open\n");
        assertThat(request.header("Content-type")).isEqualTo("application/octet-stream");
        assertThat(request.header("Content-length")).isEqualTo("10");
    }

    @Test
    void optionsAreHandedOverAsTheyWereGiven() {
        service.operation(ROUTE, "op_1", EVENTS, completed(RESULT));
        runImport(
                ("- --zone America/New_York --unit ms --format csv --separator ; --overwrite"
                                + " --dry-run --column time=Date --column close=Adj")
                        .split(" "));
        assertThat(service.request("POST").target())
                .isEqualTo(
                        "/api/v1/data/import?symbol=BTC%2FUSDT&timeframe=1d"
                                + "&zone=America%2FNew_York&unit=ms&format=csv&separator=%3B"
                                + "&columns=time%3DDate%2Cclose%3DAdj&mode=overwrite&dry_run=true");
    }

    @Test
    void dryRunAndOverwritingAreSaid() {
        String result =
                RESULT.replace("\"dry_run\":false", "\"dry_run\":true")
                        .replace("\"mode\":\"keep\"", "\"mode\":\"overwrite\"");
        service.operation(ROUTE, "op_1", EVENTS, completed(result));
        assertThat(runImport("-").out())
                .contains("a dry run: this is what would happen, nothing was stored\n")
                .contains("bars replaced    1\n");
    }

    @Test
    void importAsJsonIsTheResultAlone() {
        service.operation(ROUTE, "op_1", EVENTS, completed(RESULT));
        assertThat(runImport("-", "--json").out()).isEqualTo(FakeService.good(RESULT) + "\n");
        assertThat(service.request("POST").body()).isEqualTo("date,open\n");
    }

    @Test
    void importThatKeptNothingIsAnErrorWithTheReportBesideIt() {
        String nothing = RESULT.replace("\"rows_kept\":2", "\"rows_kept\":0");
        service.operation(ROUTE, "op_1", EVENTS, completed(nothing));
        var table = runImport("-");
        assertThat(table.exit()).isEqualTo(1);
        assertThat(table.out()).contains("4 rows read, 0 kept, 1 refused", "high below open");
        var json = runImport("-", "--json");
        assertThat(json.exit()).isEqualTo(1);
        assertThat(json.out())
                .startsWith("{\"success\":false,\"data\":{\"symbol\"")
                .contains("\"code\":\"NOTHING_KEPT\"");
    }

    @Test
    void rejectsAreSavedInAFile() {
        service.operation(ROUTE, "op_1", EVENTS, completed(RESULT));
        String csv = "line,reason,text\n4,high below open,\"2024-01-04,9,1,5,5\"\n";
        service.on(
                "GET /api/v1/operations/op_1/rejects",
                exchange -> FakeService.send(exchange, 200, "text/csv", csv));
        var outcome = runImport("-", "--rejects", "bad.csv");
        assertThat(outcome.out()).endsWith("all of them are in bad.csv\n");
        assertThat(folder.resolve("bad.csv")).hasContent(csv);
    }

    @Test
    void rejectsThatCannotBeSavedAreNoticedBeforeTheFileIsSent() {
        assertThat(runImport("-", "--rejects", "missing/bad.csv").exit()).isEqualTo(5);
        assertThat(runImport("-", "--rejects", "-").exit()).isEqualTo(2);
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void moreRefusedRowsThanFitAreCounted() {
        var rows = new StringBuilder();
        for (int line = 2; line < 52; line++) {
            rows.append(rows.isEmpty() ? "" : ",")
                    .append("{\"line\":%d,\"text\":\"x\",\"reason\":\"bad\"}".formatted(line));
        }
        String result =
                "{\"rows_in\":901,\"rows_kept\":1,\"rows_refused\":900,\"refused\":[" + rows + "]}";
        service.operation(ROUTE, "op_1", EVENTS, completed(result));
        var outcome = runImport("-");
        assertThat(outcome.out()).contains("  21  bad").doesNotContain("  22  bad");
        assertThat(outcome.out()).endsWith("and 880 more; --rejects FILE saves them all\n");
    }

    @Test
    void fileThatTheServiceDoesNotTakeIsItsVerdict() throws IOException {
        Files.createFile(folder.resolve("empty.csv"));
        service.on(ROUTE, 400, FakeService.error("INVALID", "no header"));
        var outcome = runImport("empty.csv");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("ktrdr: INVALID: no header (request r-1)\n");
    }

    @Test
    void importOfAMissingFileOrAFolderIsALocalProblem() {
        for (String file : new String[] {"missing.csv", "."}) {
            var outcome = runImport(file);
            assertThat(outcome.exit()).isEqualTo(5);
            assertThat(outcome.err()).startsWith("ktrdr: cannot read " + folder);
        }
    }
}
