package dev.ktrdr.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The bars of one series in pages and forms.
@QuarkusTest
@TestProfile(Service.Open.class)
class OpenBarsTest {

    private static final String WEEK = "/api/v1/data/WEEK/1d";
    private static final String HEADER = "time,open,high,low,close,volume\n";

    @BeforeEach
    void bring() {
        if (when().get(WEEK).statusCode() == 200) {
            return;
        }
        StringBuilder csv = new StringBuilder(HEADER);
        for (int day = 1; day <= 9; day++) {
            csv.append("2020-01-0%d,%d,%d.5,0.25,%d,%d00\n".formatted(day, day, day, day, day));
        }
        Imports.done("WEEK", "1d", csv.toString());
        StringBuilder minutes = new StringBuilder(HEADER);
        Instant first = Instant.parse("2020-01-31T22:30:00Z");
        for (int i = 0; i < 180; i++) {
            minutes.append("%s,1,2,0.5,1.5,1\n".formatted(first.plusSeconds(60L * i)));
        }
        Imports.done("TWO", "1m", minutes.toString());
    }

    private static List<String> days(Response answer) {
        List<String> dates = answer.path("data.dates");
        return dates.stream().map(date -> date.substring(9, 10)).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=3, 789",
        "limit=3&end=2020-01-05, 234",
        "limit=99, 123456789",
        "order=asc&limit=3, 123",
        "order=desc&limit=3, 987",
        "order=desc, 987654321",
        "start=2020-01-02&end=2020-01-04, 23",
        "start_date=2020-01-02&end_date=2020-01-04, 234",
        "start=2020-01-02T00:00:01Z&end=2020-01-04T00:00:00Z, 3",
        "start_date=2020-01-02T00:00:00&end_date=2020-01-04T00:00:00, 234",
        "order=asc&start=2020-01-04&limit=2, 45",
        "order=desc&end=2020-01-04&limit=2, 32"
    })
    void windowHasTheBarsThatWereAskedFor(String query, String days) {
        assertThat(String.join("", days(when().get(WEEK + "?" + query)))).isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource({"asc, 123456789", "desc, 987654321"})
    void pagesFollowEachOtherToTheEnd(String order, String days) {
        List<String> all = new ArrayList<>();
        Response page = when().get(WEEK + "?limit=2&order=" + order);
        String cursor = page.path("data.metadata.next_cursor");
        while (cursor != null) {
            assertThat(page.header("X-Next-Cursor")).isEqualTo(cursor);
            assertThat(days(page)).hasSize(2);
            all.addAll(days(page));
            page = when().get(WEEK + "?limit=2&cursor=" + cursor);
            cursor = page.path("data.metadata.next_cursor");
        }
        all.addAll(days(page));
        assertThat(String.join("", all)).isEqualTo(days);
    }

    /// The last page is full, and still nothing follows.
    @Test
    void pageThatEndsWithTheSeriesHasNoCursor() {
        Response page = when().get(WEEK + "?limit=9&order=asc");
        assertThat(days(page)).hasSize(9);
        page.then().body("data.metadata.next_cursor", equalTo(null));
    }

    @Test
    void pagesCrossTheFilesOfMonths() {
        Response page = when().get("/api/v1/data/TWO/1m?limit=100&order=asc");
        page.then()
                .body("data.dates[89]", equalTo("2020-01-31T23:59:00Z"))
                .body("data.dates[90]", equalTo("2020-02-01T00:00:00Z"))
                .body("data.dates", hasSize(100));
        String cursor = page.path("data.metadata.next_cursor");
        when().get("/api/v1/data/TWO/1m?limit=100&cursor=" + cursor)
                .then()
                .body("data.dates", hasSize(80))
                .body("data.dates[0]", equalTo("2020-02-01T00:10:00Z"));
        when().get("/api/v1/data/TWO/1m?limit=100")
                .then()
                .body("data.dates", hasSize(100))
                .body("data.dates[0]", equalTo("2020-01-31T23:50:00Z"))
                .body("data.dates[99]", equalTo("2020-02-01T01:29:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order=up",
                "cursor=x1",
                "cursor=a1&order=desc",
                "format=xml",
                "format=parquet&order=desc"
            })
    void queryThatMakesNoSenseIsInvalid(String query) {
        Answers.isError(when().get(WEEK + "?" + query), 400, "INVALID");
    }

    @Test
    void csvIsTheDocumentedText() {
        Response csv = when().get(WEEK + "?format=csv&limit=1");
        csv.then()
                .statusCode(200)
                .contentType("text/csv")
                .header("Content-Disposition", "attachment; filename=\"WEEK_1d.csv\"");
        assertThat(csv.asString())
                .isEqualTo(HEADER + "2020-01-09T00:00:00Z,9.0,9.5,0.25,9.0,900.0\n");
    }

    @Test
    void acceptHeaderChoosesTheFormToo() {
        given().accept("text/csv").get(WEEK).then().contentType("text/csv");
        given().accept("*/*").get(WEEK).then().contentType("application/json");
        Answers.isError(given().accept("text/html").get(WEEK), 406, "NOT_ACCEPTABLE");
    }

    /// A file ends with the mark it begins with. Source: Apache Parquet, "File Format".
    @Test
    void parquetIsAWholeFile() {
        Response parquet = when().get(WEEK + "?format=parquet&limit=4");
        parquet.then().statusCode(200).contentType("application/vnd.apache.parquet");
        byte[] bytes = parquet.asByteArray();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("PAR1").endsWith("PAR1").contains("close");
        Response back =
                given().queryParam("symbol", "PARQUET")
                        .queryParam("timeframe", "1d")
                        .contentType("application/vnd.apache.parquet")
                        .body(bytes)
                        .post("/api/v1/data/import");
        back.then().statusCode(202);
    }

    @Test
    void arrowIsAStream() throws IOException {
        Response arrow = when().get("/api/v1/data/TWO/1m?format=arrow");
        arrow.then().statusCode(200).contentType("application/vnd.apache.arrow.stream");
        int rows = 0;
        try (var memory = new RootAllocator();
                var reader =
                        new ArrowStreamReader(
                                new ByteArrayInputStream(arrow.asByteArray()), memory)) {
            while (reader.loadNextBatch()) {
                rows += reader.getVectorSchemaRoot().getRowCount();
            }
        }
        assertThat(rows).isEqualTo(180);
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        String csv = HEADER + "2020-01-01,1,1,1,1,1\n";
        Imports.done("TAG", "1d", csv);
        Response first = when().get("/api/v1/data/TAG/1d");
        first.then()
                .header("Cache-Control", equalTo("private, no-cache"))
                .header("Vary", equalTo("Accept, Accept-Encoding"));
        String tag = first.header("ETag");
        assertThat(tag).matches("W/\"[0-9a-f]{32}-json\"");
        var asking = given().header("If-None-Match", tag);
        Response second = asking.get("/api/v1/data/TAG/1d");
        second.then().statusCode(304).header("ETag", equalTo(tag));
        assertThat(second.asByteArray()).isEmpty();
        given().header("If-None-Match", tag)
                .get("/api/v1/data/TAG/1d?format=csv")
                .then()
                .statusCode(200);
        Imports.done("TAG", "1d", csv + "2020-01-02,1,1,1,1,1\n");
        given().header("If-None-Match", tag)
                .get("/api/v1/data/TAG/1d")
                .then()
                .statusCode(200)
                .body("data.metadata.points", equalTo(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "arrow"})
    void answerIsCompressedWhereThatIsAskedFor(String form) throws Exception {
        URI base = URI.create("http://localhost:" + io.restassured.RestAssured.port);
        URI path = base.resolve("/api/v1/data/TWO/1m?format=" + form);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest plain = HttpRequest.newBuilder(path).build();
            HttpRequest asking =
                    HttpRequest.newBuilder(path).header("Accept-Encoding", "gzip").build();
            HttpResponse<byte[]> whole = client.send(plain, BodyHandlers.ofByteArray());
            HttpResponse<byte[]> packed = client.send(asking, BodyHandlers.ofByteArray());
            assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(packed.body().length).isLessThan(whole.body().length / 2);
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
                assertThat(unpacked.readAllBytes()).isEqualTo(whole.body());
            }
        }
    }

    @Test
    void missingSeriesIsToldWithThoseThatAreNear() {
        Answers.isError(when().get("/api/v1/data/WEEEK/1d"), 404, "NOT_FOUND")
                .body("error.details.nearest", hasItem("WEEK 1d"))
                .body("error.message", containsString("there is WEEK 1d"));
        Answers.isError(when().get("/api/v1/data/WEEK/1h"), 404, "NOT_FOUND")
                .body("error.details.nearest", hasItem("WEEK 1d"));
        Answers.isError(when().get("/api/v1/data/WEEEK/1d/quality"), 404, "NOT_FOUND");
    }

    private static Response post(String path, Map<String, Object> body) {
        return given().contentType(ContentType.JSON).body(body).post("/api/v1/data/" + path);
    }

    /// The request of the original's documentation, with its stamps that have no zone.
    @Test
    void loadAnswersAsTheOriginalDid() {
        post(
                        "load",
                        Map.of(
                                "symbol",
                                "WEEK",
                                "timeframe",
                                "1d",
                                "start_date",
                                "2020-01-01T00:00:00",
                                "end_date",
                                "2020-01-03T00:00:00"))
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("error", equalTo(null))
                .body("data.dates", hasSize(3))
                .body("data.ohlcv[0]", equalTo(List.of(1f, 1.5f, 0.25f, 1f, 100f)))
                .body("data.containsKey('points')", equalTo(true))
                .body("data.points", equalTo(null))
                .body("data.metadata.symbol", equalTo("WEEK"))
                .body("data.metadata.timeframe", equalTo("1d"))
                .body("data.metadata.start", startsWith("2020-01-01T00:00:00"))
                .body("data.metadata.end", startsWith("2020-01-03T00:00:00"))
                .body("data.metadata.points", equalTo(3));
        post("load", Map.of("symbol", "WEEK", "timeframe", "1d", "include_metadata", false))
                .then()
                .body("data.dates", hasSize(9))
                .body("data.metadata", equalTo(null));
        Answers.isError(post("load", Map.of("symbol", "WEEK")), 400, "INVALID");
        Answers.isError(post("load", Map.of("symbol", "X", "timeframe", "1d")), 404, "NOT_FOUND");
    }

    @Test
    void rangeAnswersAsTheOriginalDid() {
        Answers.isFine(post("range", Map.of("symbol", "TWO", "timeframe", "1m")))
                .body("data.symbol", equalTo("TWO"))
                .body("data.timeframe", equalTo("1m"))
                .body("data.start_date", equalTo("2020-01-31T22:30:00Z"))
                .body("data.end_date", equalTo("2020-02-01T01:29:00Z"))
                .body("data.point_count", equalTo(180));
        Answers.isError(post("range", Map.of("symbol", "X", "timeframe", "1d")), 404, "NOT_FOUND");
    }

    @Test
    void infoCountsWhatIsThere() {
        Answers.isFine(when().get("/api/v1/data/info"))
                .body("data.available_symbols", hasItem("WEEK"))
                .body("data.available_timeframes", hasItem("1m"))
                .body(
                        "data.series.find { it.symbol == 'WEEK' }.bytes",
                        org.hamcrest.Matchers.greaterThan(0));
    }

    @Test
    void cursorIsOpaqueButShort() {
        when().get(WEEK + "?limit=1&order=asc")
                .then()
                .body("data.metadata.next_cursor", matchesPattern("[ad][0-9]+"));
    }
}
