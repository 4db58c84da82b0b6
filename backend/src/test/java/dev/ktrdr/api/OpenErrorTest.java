package dev.ktrdr.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that cannot be answered, without a token in the way.
@QuarkusTest
@TestProfile(Service.Open.class)
class OpenErrorTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/nothing, 404, NOT_FOUND",
        "GET, /nothing, 404, NOT_FOUND",
        "GET, /, 404, NOT_FOUND",
        "GET, /api, 404, NOT_FOUND",
        "GET, /api/v1, 404, NOT_FOUND",
        "GET, /api/v1/symbols/SPX, 404, NOT_FOUND",
        "GET, /api/v1/data/NONE/1d, 404, NOT_FOUND",
        "GET, /api/v1/data/SPX/9x, 400, INVALID",
        "GET, /api/v1/data/A..B/1d, 400, INVALID",
        "GET, /api/v1/data/SPX/1d?limit=0, 400, INVALID",
        "GET, /api/v1/data/SPX/1d?limit=many, 400, INVALID",
        "GET, /api/v1/data/SPX/1d?limit=99999999999, 400, INVALID",
        "GET, /api/v1/data/SPX/1d?start=yesterday, 400, INVALID",
        "GET, /api/v1/data/SPX/1d?end=2020-02-30, 400, INVALID",
        "GET, /api/v1/data/SPX/1d?start=%2B999999999-12-31T23:59:59Z, 400, INVALID",
        "POST, /api/v1/symbols, 405, METHOD_NOT_ALLOWED",
        "DELETE, /api/v1/log-level, 405, METHOD_NOT_ALLOWED",
        "PUT, /api/health, 405, METHOD_NOT_ALLOWED",
        "GET, /api/v1/backups, 405, METHOD_NOT_ALLOWED"
    })
    void requestThatCannotBeAnsweredHasTheOneShapeOfErrors(
            String method, String path, int status, String code) {
        Answers.isError(given().urlEncodingEnabled(false).request(method, path), status, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"DEBUG\"",
                "{\"level\":",
                "{\"levle\":\"INFO\"}",
                "{\"level\":\"INFO\",\"more\":1}",
                "{\"level\":\"LOUD\"}",
                "{\"level\":null}",
                "{\"level\":{}}",
                "{\"level\":[\"INFO\"]}",
                "{}",
                "\u0000",
                "{'level':'INFO'}"
            })
    void bodyThatIsNotTheJsonThatIsDueIsInvalid(String body) {
        Answers.isError(
                given().contentType(ContentType.JSON).body(body).put("/api/v1/log-level"),
                400,
                "INVALID");
    }

    @Test
    void messageNamesTheFieldThatIsNotKnown() {
        Response response =
                given().contentType(ContentType.JSON)
                        .body("{\"levle\":\"INFO\"}")
                        .put("/api/v1/log-level");
        assertThat(response.path("error.message").toString()).contains("levle");
    }

    @Test
    void otherContentTypeIsUnsupported() {
        Answers.isError(
                given().contentType("text/plain").body("INFO").put("/api/v1/log-level"),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        Answers.isError(
                given().contentType("text/html").body("{}").post("/api/v1/data/import"),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void otherFormThanTheOneThereIsIsNotAcceptable() {
        Answers.isError(given().accept("text/html").get("/api/v1/symbols"), 406, "NOT_ACCEPTABLE");
    }
}
