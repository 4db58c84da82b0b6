package dev.ktrdr.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bars in and out, and the backup of them.
@QuarkusTest
@TestProfile(Service.Open.class)
class OpenDataTest {

    private static final String CSV =
            "time,open,high,low,close,volume\n2020-01-01,1,2,0.5,1.5,10\n2020-01-02,1,2,0.5,1.5,\n";

    private static Response send(String symbol, String timeframe, String csv) {
        return given().queryParam("symbol", symbol)
                .queryParam("timeframe", timeframe)
                .contentType("text/csv")
                .body(csv)
                .post("/api/v1/data/import");
    }

    @Test
    void timeframesAreListedFromTheShortestToTheLongest() {
        Answers.isFine(when().get("/api/v1/timeframes"))
                .body("data.id", hasItems("1m", "1d", "1M"))
                .body("data[0].seconds", equalTo(60))
                .body("data.find { it.id == '1d' }.name", equalTo("1 day"));
    }

    @Test
    void barsThatAreSentCanBeReadBack() {
        Answers.isFine(send("BACK", "1d", CSV))
                .body("data.rows_in", equalTo(2))
                .body("data.rows_kept", equalTo(2))
                .body("data.rows_refused", equalTo(0))
                .body("data.refused", hasSize(0))
                .body("data.sha256", matchesPattern("[0-9a-f]{64}"));
        Answers.isFine(when().get("/api/v1/data/BACK/1d"))
                .body("data.symbol", equalTo("BACK"))
                .body(
                        "data.dates",
                        equalTo(List.of("2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z")))
                .body("data.ohlcv[0]", equalTo(List.of(1f, 2f, 0.5f, 1.5f, 10f)))
                .body("data.ohlcv[1][4]", equalTo(null))
                .body("data.metadata.start", equalTo("2020-01-01T00:00:00Z"))
                .body("data.metadata.end", equalTo("2020-01-02T00:00:00Z"))
                .body("data.metadata.points", equalTo(2));
        when().get("/api/v1/symbols")
                .then()
                .body("data.find { it.symbol == 'BACK' }.timeframes", equalTo(List.of("1d")));
    }

    @Test
    void rangeAndLimitCutTheBars() {
        send("CUT", "1d", CSV + "2020-01-03,1,1,1,1,1\n");
        when().get("/api/v1/data/CUT/1d?start=2020-01-02&end=2020-01-03")
                .then()
                .body("data.dates", equalTo(List.of("2020-01-02T00:00:00Z")));
        when().get("/api/v1/data/CUT/1d?limit=1")
                .then()
                .body("data.dates", equalTo(List.of("2020-01-03T00:00:00Z")));
        when().get("/api/v1/data/CUT/1d?start=2030-01-01T00:00:00Z")
                .then()
                .statusCode(200)
                .body("data.dates", hasSize(0))
                .body("data.metadata.start", equalTo(null));
    }

    @ParameterizedTest
    @CsvSource({"BTC/USDT, BTC%2FUSDT", "^GSPC, %5EGSPC", "A%2FB, A%252FB", "BRK.B, BRK.B"})
    void symbolIsReachedThroughAnEscapedPath(String symbol, String escaped) {
        Answers.isFine(send(symbol, "1h", CSV)).body("data.symbol", equalTo(symbol));
        Answers.isFine(given().urlEncodingEnabled(false).get("/api/v1/data/" + escaped + "/1h"))
                .body("data.symbol", equalTo(symbol));
        when().get("/api/v1/symbols").then().body("data.symbol", hasItem(symbol));
    }

    @Test
    void refusedRowsAreReportedWithLineAndReason() {
        Answers.isFine(send("BAD", "1d", CSV + "2020-01-03,9,1,1,1,1\nnonsense\n"))
                .body("data.rows_kept", equalTo(2))
                .body("data.rows_refused", equalTo(2))
                .body("data.refused.line", equalTo(List.of(4, 5)))
                .body("data.refused[0].reason", equalTo("high must not be below open or close"))
                .body("data.refused.reason", everyItem(not(equalTo(""))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "time,open,high,low,close\n", "a,b\n1,2\n"})
    void fileWithoutASingleBarIsInvalidAndStoresNothing(String csv) {
        Answers.isError(send("NOTHING", "1d", csv), 400, "INVALID");
        Answers.isError(when().get("/api/v1/data/NOTHING/1d"), 404, "NOT_FOUND");
    }

    @Test
    void importWithoutASymbolIsInvalid() {
        Answers.isError(send("", "1d", CSV), 400, "INVALID");
        Answers.isError(send("SPX", "", CSV), 400, "INVALID");
    }

    @Test
    void backupIsAnArchiveWithAManifest() throws IOException {
        Response response = when().post("/api/v1/backups");
        response.then()
                .statusCode(200)
                .contentType("application/zip")
                .header(
                        "Content-Disposition",
                        matchesPattern(
                                "attachment; filename=\"ktrdr-backup-[0-9]{8}T[0-9]{6}Z\\.zip\""));
        byte[] archive = response.asByteArray();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            var first = zip.getNextEntry();
            assertThat(first == null ? "" : first.getName()).isEqualTo("manifest.json");
        }
    }
}
