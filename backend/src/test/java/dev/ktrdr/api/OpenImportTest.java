package dev.ktrdr.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import dev.ktrdr.store.DataFolder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files on their way in, and the operations that bring them.
@QuarkusTest
@TestProfile(Service.Open.class)
class OpenImportTest {

    private static final String CSV =
            "time,open,high,low,close,volume\n2020-01-01,1,2,0.5,1.5,10\n2020-01-02,1,2,0.5,1.5,\n";

    @Inject DataFolder folder;

    private static void has(String symbol, int bars) {
        when().get("/api/v1/data/" + symbol + "/1d")
                .then()
                .body("data.metadata.points", equalTo(bars));
    }

    @Test
    void answerSaysWhereToLook() {
        Response accepted = Imports.send("WHERE", "1d", CSV);
        accepted.then()
                .statusCode(202)
                .body("success", equalTo(true))
                .body("data.operation_id", startsWith("op_data_import_"))
                .body("data.operation_type", equalTo("data_import"))
                .body("data.metadata.symbol", equalTo("WHERE"))
                .header(
                        "Location",
                        endsWith("/api/v1/operations/" + accepted.path("data.operation_id")));
        Response ended = Imports.ended(accepted);
        Answers.isFine(ended)
                .body("data.progress.percentage", equalTo(100.0f))
                .body("data.progress.context.detected.format", equalTo("csv"))
                .body("data.error_message", equalTo(null));
        Answers.isFine(when().get(accepted.header("Location") + "/results"))
                .body("data", equalTo(ended.path("data.result_summary")));
    }

    @Test
    void fieldOfAFormIsAFile() {
        Response accepted =
                given().multiPart("symbol", "FORM")
                        .multiPart("timeframe", "1d")
                        .multiPart("file", "spx.csv", CSV.getBytes(StandardCharsets.UTF_8))
                        .post("/api/v1/data/import");
        Answers.isFine(Imports.ended(accepted))
                .body("data.status", equalTo("completed"))
                .body("data.metadata.source", equalTo("spx.csv"));
        has("FORM", 2);
    }

    @Test
    void formWithoutAFileIsInvalid() {
        Answers.isError(
                given().multiPart("symbol", "FORM")
                        .multiPart("timeframe", "1d")
                        .post("/api/v1/data/import"),
                400,
                "INVALID");
    }

    @Test
    void bodyIsAFileWhateverItIsCalled() {
        Response accepted =
                given().queryParam("symbol", "RAW")
                        .queryParam("timeframe", "1d")
                        .queryParam("filename", "raw.csv")
                        .contentType("application/octet-stream")
                        .body(CSV.getBytes(StandardCharsets.UTF_8))
                        .post("/api/v1/data/import");
        Answers.isFine(Imports.ended(accepted)).body("data.metadata.source", equalTo("raw.csv"));
        has("RAW", 2);
    }

    @Test
    void fileOfTheInboxStaysWhereItIs() throws IOException {
        Path file = Files.createDirectories(folder.path().resolve("inbox/sub")).resolve("a.csv");
        Files.writeString(file, CSV);
        Answers.isFine(Imports.ended(fromInbox("sub/a.csv")))
                .body("data.status", equalTo("completed"));
        assertThat(file).exists();
        has("INBOX", 2);
    }

    private static Response fromInbox(String path) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("path", path, "symbol", "INBOX", "timeframe", "1d", "dry_run", false))
                .post("/api/v1/data/import");
    }

    @ParameterizedTest
    @CsvSource({
        "../ktrdr.db, 400, INVALID",
        "sub/../../secrets/api-token, 400, INVALID",
        "/etc/passwd, 400, INVALID",
        "'', 400, INVALID",
        "., 400, INVALID",
        "link/passwd, 400, INVALID",
        "none.csv, 404, NOT_FOUND"
    })
    void pathOutOfTheInboxIsRefused(String path, int status, String code) throws IOException {
        Path inbox = Files.createDirectories(folder.path().resolve("inbox"));
        if (!Files.exists(inbox.resolve("link"))) {
            Files.createSymbolicLink(inbox.resolve("link"), Path.of("/etc"));
        }
        Answers.isError(fromInbox(path), status, code);
    }

    @Test
    void dryRunStoresNothing() {
        Response accepted = Imports.send(given().queryParam("dry_run", "true"), "DRY", "1d", CSV);
        Answers.isFine(Imports.ended(accepted))
                .body("data.result_summary.rows_kept", equalTo(2))
                .body("data.result_summary.dry_run", equalTo(true));
        Answers.isError(when().get("/api/v1/data/DRY/1d"), 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1d, '', ''",
        "SPX, '', '', ''",
        "SPX, 9x, '', ''",
        "SPX, 1d, mode, both",
        "SPX, 1d, dry_run, perhaps",
        "SPX, 1d, sepparator, ;"
    })
    void requestThatCannotBeCarriedOutStartsNothing(
            String symbol, String timeframe, String name, String value) {
        var request = name.isEmpty() ? given() : given().queryParam(name, value);
        Answers.isError(Imports.send(request, symbol, timeframe, CSV), 400, "INVALID");
    }

    @Test
    void unknownFieldIsNamedWithTheNearest() {
        Answers.isError(
                        Imports.send(given().queryParam("zoen", "UTC"), "SPX", "1d", CSV),
                        400,
                        "INVALID")
                .body("error.message", containsString("'zoen' (zone?)"));
    }

    @Test
    void refusedRowsAreReportedAndCanBeFetched() {
        Response ended = Imports.done("BAD", "1d", CSV + "2020-01-03,9,1,1,1,1\n\"non\"sense\n");
        Answers.isFine(ended)
                .body("data.error_message", equalTo(null))
                .body("data.result_summary.rows_kept", equalTo(2))
                .body("data.result_summary.rows_refused", equalTo(2))
                .body("data.result_summary.refused.line", equalTo(List.of(4, 5)));
        String path = "/api/v1/operations/" + ended.path("data.operation_id") + "/rejects";
        Response rejects = when().get(path);
        rejects.then().statusCode(200).contentType("text/csv");
        assertThat(rejects.asString().lines().toList())
                .hasSize(3)
                .startsWith("line,reason,text")
                .contains("4,\"high must not be below open or close\",\"2020-01-03,9,1,1,1,1\"")
                .last()
                .asString()
                .startsWith("5,")
                .endsWith(",\"\"\"nonsense\"\"\"");
    }

    @Test
    void importWithoutRefusedRowsHasNoRejects() {
        String id = Imports.done("GOOD", "1d", CSV).path("data.operation_id");
        Answers.isError(when().get("/api/v1/operations/" + id + "/rejects"), 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "a,b\n1,2\n"})
    void fileThatIsNotUnderstoodFailsAndStoresNothing(String csv) {
        Response ended = Imports.done("NOTHING", "1d", csv);
        Answers.isFine(ended)
                .body("data.status", equalTo("failed"))
                .body("data.error_code", equalTo("INVALID"))
                .body("data.result_summary", equalTo(null));
        Answers.isError(when().get("/api/v1/data/NOTHING/1d"), 404, "NOT_FOUND");
        String id = ended.path("data.operation_id");
        Answers.isError(when().get("/api/v1/operations/" + id + "/results"), 409, "CONFLICT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2020-01-01,9,1,1,1,1\n"})
    void fileWithoutASingleBarStoresNothingAndSaysWhy(String rows) {
        String csv = "time,open,high,low,close,volume\n" + rows;
        Answers.isFine(Imports.done("EMPTY", "1d", csv))
                .body("data.result_summary.rows_kept", equalTo(0));
        Answers.isError(when().get("/api/v1/data/EMPTY/1d"), 404, "NOT_FOUND");
        Answers.isError(
                        Imports.send(given().queryParam("wait", "30"), "EMPTY", "1d", csv),
                        400,
                        "INVALID")
                .body("error.message", containsString("no row of the file is a bar"))
                .body("error.details.rows_kept", equalTo(0));
    }

    @Test
    void whoeverWaitsIsToldTheResult() {
        Answers.isFine(Imports.send(given().queryParam("wait", "30"), "WAITED", "1d", CSV))
                .body("data.rows_kept", equalTo(2))
                .body("data.operation_id", matchesPattern("op_data_import_.*"));
    }

    @Test
    void fileThatWasSentIsGoneWhenItsImportIsOver() throws IOException {
        Imports.done("SPOOL", "1d", CSV);
        Imports.done("SPOOL", "1d", "nonsense");
        try (Stream<Path> files = Files.list(folder.uploads())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void eventsEndWithTheResult() {
        String id = Imports.send("EVENTS", "1d", CSV).path("data.operation_id");
        Response events = when().get("/api/v1/operations/" + id + "/events");
        events.then().statusCode(200).contentType("text/event-stream");
        List<String> lines = events.asString().lines().toList();
        assertThat(lines).contains("event: detected");
        assertThat(lines).anyMatch(line -> line.startsWith("data: {\"format\":\"csv\""));
        assertThat(lines).filteredOn(line -> line.equals("event: completed")).hasSize(1);
        assertThat(lines.get(lines.size() - 2)).contains("\"rows_kept\":2");
        assertThat(events.asString()).endsWith("\n\n");
    }

    @Test
    void listCountsAndFilters() {
        Imports.done("LIST", "1d", CSV);
        when().get("/api/v1/operations?operation_type=data_import&status=completed&limit=1")
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data", hasSize(1))
                .body("data[0].operation_type", equalTo("data_import"))
                .body("data[0].progress_percentage", equalTo(100.0f))
                .body("data[0].symbol", equalTo("LIST"))
                .body("total_count", greaterThanOrEqualTo(1))
                .body("active_count", equalTo(0));
        when().get("/api/v1/operations?active_only=true").then().body("data", hasSize(0));
        when().get("/api/v1/operations?operation_type=dummy").then().body("data", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=done", "limit=0", "limit=1001", "offset=-1", "active_only=x"})
    void listWantsFiltersItKnows(String query) {
        Answers.isError(when().get("/api/v1/operations?" + query), 400, "INVALID");
    }

    @Test
    void whatIsOverCannotBeCancelled() {
        String id = Imports.done("OVER", "1d", CSV).path("data.operation_id");
        Answers.isError(when().delete("/api/v1/operations/" + id), 409, "CONFLICT");
        Answers.isError(
                given().contentType(ContentType.JSON)
                        .body("{\"reason\":\"no\",\"force\":true}")
                        .delete("/api/v1/operations/op_none"),
                404,
                "NOT_FOUND");
    }
}
