package dev.ktrdr.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

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

/// Bars in and out, and the backup of them.
@QuarkusTest
@TestProfile(Service.Open.class)
class OpenDataTest {

    private static final String CSV =
            "time,open,high,low,close,volume\n2020-01-01,1,2,0.5,1.5,10\n2020-01-02,1,2,0.5,1.5,\n";

    @Test
    void timeframesAreListedFromTheShortestToTheLongest() {
        Answers.isFine(when().get("/api/v1/timeframes"))
                .body("data.id", hasItems("1m", "1d", "1M"))
                .body("data[0].seconds", equalTo(60))
                .body("data.find { it.id == '1d' }.name", equalTo("1 day"));
    }

    @Test
    void barsThatAreSentCanBeReadBack() {
        Answers.isFine(Imports.done("BACK", "1d", CSV))
                .body("data.status", equalTo("completed"))
                .body("data.result_summary.rows_in", equalTo(2))
                .body("data.result_summary.rows_kept", equalTo(2))
                .body("data.result_summary.rows_refused", equalTo(0))
                .body("data.result_summary.refused", hasSize(0))
                .body("data.result_summary.sha256", matchesPattern("[0-9a-f]{64}"));
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
                .body(
                        "data.find { it.symbol == 'BACK' }.available_timeframes",
                        equalTo(List.of("1d")));
    }

    @Test
    void rangeAndLimitCutTheBars() {
        Imports.done("CUT", "1d", CSV + "2020-01-03,1,1,1,1,1\n");
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
        Answers.isFine(Imports.done(symbol, "1d", CSV))
                .body("data.metadata.symbol", equalTo(symbol));
        Answers.isFine(given().urlEncodingEnabled(false).get("/api/v1/data/" + escaped + "/1d"))
                .body("data.symbol", equalTo(symbol));
        when().get("/api/v1/symbols").then().body("data.symbol", hasItem(symbol));
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
