package dev.ktrdr.api;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Set;

/// What every answer has in common.
final class Answers {

    private Answers() {}

    /// The one shape that errors have, whoever has found them.
    static ValidatableResponse isError(Response response, int status, String code) {
        return response.then()
                .log()
                .ifValidationFails()
                .statusCode(status)
                .contentType("application/json")
                .header("X-Request-ID", matchesPattern("[A-Za-z0-9._-]{1,128}"))
                .header("X-Content-Type-Options", "nosniff")
                .body("keySet()", equalTo(Set.of("success", "data", "error")))
                .body("success", equalTo(false))
                .body("data", equalTo(null))
                .body("error.keySet()", equalTo(Set.of("code", "message", "details")))
                .body("error.code", equalTo(code))
                .body("error.message", matchesPattern("(?s)\\S.*"));
    }

    static ValidatableResponse isFine(Response response) {
        return response.then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", anyOf(equalTo("no-store"), equalTo("private, no-cache")))
                .body("success", equalTo(true))
                .body("data", notNullValue())
                .body("error", equalTo(null));
    }
}
