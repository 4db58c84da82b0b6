package dev.ktrdr.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What can be known of a series, made of it and done to it.
@QuarkusTest
@TestProfile(Service.Open.class)
class OpenSeriesTest {

    /// Monday to Wednesday and Friday of one week, of which Thursday is missing.
    private static final String DAYS =
            """
            time,open,high,low,close,volume
            2020-01-06,1,2,0.5,1.5,10
            2020-01-07,1,3,0.5,1.5,10
            2020-01-08,1,2,0.25,1.5,0
            2020-01-10,1,2,0.5,1.75,
            """;

    private static final String THURSDAY =
            """
            time,open,high,low,close,volume
            2020-01-09,1,2,0.5,1.5,10
            """;

    private static Response post(String path, Map<String, Object> body) {
        return given().contentType(ContentType.JSON).body(body).post("/api/v1/data/" + path);
    }

    private static Map<String, Object> body(String symbol, Object... more) {
        Map<String, Object> body = new HashMap<>();
        body.put("symbol", symbol);
        body.put("timeframe", "1d");
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i].toString(), more[i + 1]);
        }
        return body;
    }

    @Test
    void qualityMeasuresAgainstTheCalendar() {
        Imports.done("QUALITY", "1d", DAYS);
        Response report = when().get("/api/v1/data/QUALITY/1d/quality");
        Answers.isFine(report)
                .body("data.symbol", equalTo("QUALITY"))
                .body("data.calendar", equalTo("WEEKDAYS"))
                .body("data.calendar_known", equalTo(false))
                .body("data.first", equalTo("2020-01-06T00:00:00Z"))
                .body("data.last", equalTo("2020-01-10T00:00:00Z"))
                .body("data.bars", equalTo(4))
                .body("data.expected", equalTo(5))
                .body("data.coverage", equalTo(0.8f))
                .body("data.gaps.unexpected.total", equalTo(1))
                .body("data.gaps.unexpected.items[0].from", equalTo("2020-01-09T00:00:00Z"))
                .body("data.zero_volume", equalTo(1))
                .body("data.missing_volume_share", equalTo(0.25f));
        assertThat(when().get("/api/v1/data/QUALITY/1d/quality").asString())
                .isEqualTo(report.asString());
        Imports.done("QUALITY", "1d", THURSDAY);
        when().get("/api/v1/data/QUALITY/1d/quality").then().body("data.coverage", equalTo(1.0f));
    }

    @Test
    void importsTellWhereTheBarsCameFrom() {
        Imports.done("ORIGIN", "1d", DAYS + "2020-01-13,9,1,1,1,1\n");
        Imports.done("ORIGIN", "1d", DAYS);
        Answers.isFine(when().get("/api/v1/data/ORIGIN/1d/imports"))
                .body("data", hasSize(2))
                .body("data[0].rows_refused", equalTo(0))
                .body("data[0].bars_same", equalTo(4))
                .body("data[1].rows_in", equalTo(5))
                .body("data[1].rows_refused", equalTo(1))
                .body("data[1].bars_added", equalTo(4))
                .body("data[1].mode", equalTo("keep"))
                .body("data[1].first", equalTo("2020-01-06T00:00:00Z"))
                .body("data[1].state", equalTo("stored"));
    }

    @Test
    void resampledBarsAreShownOrStored() {
        Imports.done("WEEKS", "1d", DAYS + "2020-01-13,2,2,2,2,2\n");
        post("resample", body("WEEKS", "target", "1w"))
                .then()
                .statusCode(200)
                .body("data.timeframe", equalTo("1w"))
                .body("data.dates", equalTo(List.of("2020-01-06T00:00:00Z")))
                .body("data.ohlcv[0]", equalTo(List.of(1f, 3f, 0.25f, 1.75f, 20f)));
        Answers.isError(when().get("/api/v1/data/WEEKS/1w"), 404, "NOT_FOUND");
        Answers.isFine(
                        Imports.ended(
                                post("resample", body("WEEKS", "target", "1w", "store", true))))
                .body("data.status", equalTo("completed"))
                .body("data.result_summary.bars_added", equalTo(1));
        when().get("/api/v1/data/WEEKS/1w").then().body("data.metadata.points", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, 1w, 404, NOT_FOUND",
        "RULES, 1h, 400, INVALID",
        "RULES, 1d, 400, INVALID",
        "RULES, 9x, 400, INVALID"
    })
    void resamplingWhatCannotBeIsRefusedAtOnce(
            String symbol, String target, int status, String code) {
        Imports.done("RULES", "1d", DAYS);
        Answers.isError(
                post("resample", body(symbol, "target", target, "store", true)), status, code);
    }

    @Test
    void filledBarsAreMarked() {
        Imports.done("FILL", "1d", DAYS);
        Answers.isFine(Imports.ended(post("fill", body("FILL", "max_gap_bars", 3))))
                .body("data.result_summary.bars_added", equalTo(1));
        when().get("/api/v1/data/FILL/1d")
                .then()
                .body("data.dates[3]", equalTo("2020-01-09T00:00:00Z"))
                .body("data.metadata.synthetic", equalTo(List.of(3)));
        assertThat(when().get("/api/v1/data/FILL/1d?format=csv").asString())
                .contains("2020-01-09T00:00:00Z,1.5,1.5,1.5,1.5,0.0,1\n");
        when().get("/api/v1/data/FILL/1d/quality").then().body("data.synthetic", equalTo(1));
        Answers.isError(post("fill", body("FILL", "max_gap_bars", 0)), 400, "INVALID");
        Answers.isError(post("fill", body("FILL")), 400, "INVALID");
    }

    @Test
    void downloadWithoutASourceFailsWithASentence() {
        Answers.isFine(Imports.ended(post("acquire/download", body("BTC/USDT"))))
                .body("data.status", equalTo("failed"))
                .body("data.error_code", equalTo("UNAVAILABLE"))
                .body("data.error_message", containsString("no source"));
    }

    @Test
    void deletingWantsTheTokenOfTheSeriesAsItIs() {
        Imports.done("GONE", "1d", DAYS);
        Response asked = when().delete("/api/v1/data/GONE/1d");
        Answers.isError(asked, 409, "CONFLICT")
                .body("error.details.bars", equalTo(4))
                .body("error.details.first", equalTo("2020-01-06T00:00:00Z"))
                .body("error.details.last", equalTo("2020-01-10T00:00:00Z"));
        String old = asked.path("error.details.confirm");
        Imports.done("GONE", "1d", THURSDAY);
        Response changed = when().delete("/api/v1/data/GONE/1d?confirm=" + old);
        Answers.isError(changed, 409, "CONFLICT").body("error.details.bars", equalTo(5));
        String token = changed.path("error.details.confirm");
        assertThat(token).isNotEqualTo(old);
        Answers.isFine(when().delete("/api/v1/data/GONE/1d?confirm=" + token))
                .body("data.bars", equalTo(5));
        Answers.isError(when().get("/api/v1/data/GONE/1d"), 404, "NOT_FOUND");
        when().get("/api/v1/data/GONE/1d/imports").then().body("data.state", hasItem("deleted"));
    }

    @Test
    void instrumentsAreDescribedOrGuessed() {
        Imports.done("EURUSD", "1d", DAYS);
        Answers.isFine(when().get("/api/v1/instruments"))
                .body("data.find { it.symbol == 'EURUSD' }.kind", equalTo("forex"));
        Answers.isFine(given().urlEncodingEnabled(false).get("/api/v1/instruments/BTC%2FUSDT"))
                .body("data.symbol", equalTo("BTC/USDT"))
                .body("data.kind", equalTo("crypto"))
                .body("data.calendar", equalTo("24/7"))
                .body("data.currency", equalTo("USDT"))
                .body("data.costs.commission_rate", equalTo(0.001f))
                .body("data.known", equalTo(false));
        when().get("/api/v1/symbols")
                .then()
                .body("data.find { it.symbol == 'EURUSD' }.type", equalTo("forex"))
                .body("data.find { it.symbol == 'EURUSD' }.exchange", equalTo("FX"))
                .body("data.find { it.symbol == 'EURUSD' }.currency", equalTo("USD"));
    }

    @Test
    void calendarsAreListed() {
        Answers.isFine(when().get("/api/v1/calendars"))
                .body("data.id", hasItems("24/7", "FX", "NYSE"))
                .body("data.find { it.id == 'NYSE' }.zone", equalTo("America/New_York"))
                .body("data.find { it.id == '24/7' }.round_the_clock", equalTo(true));
    }
}
