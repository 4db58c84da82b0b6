package dev.ktrdr.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;

/// Sends files to the service and stays until they are in.
final class Imports {

    private Imports() {}

    /// {@return the answer to sending `csv` as the body}
    static Response send(String symbol, String timeframe, String csv) {
        return send(given(), symbol, timeframe, csv);
    }

    static Response send(
            RequestSpecification request, String symbol, String timeframe, String csv) {
        return request.queryParam("symbol", symbol)
                .queryParam("timeframe", timeframe)
                .contentType("text/csv")
                .body(csv)
                .post("/api/v1/data/import");
    }

    /// {@return the operation that `accepted` tells of, once it is over}
    static Response ended(Response accepted) {
        accepted.then().log().ifValidationFails().statusCode(202);
        String path = "/api/v1/operations/" + accepted.path("data.operation_id");
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Response operation = when().get(path);
        while (operation.path("data.completed_at") == null && System.nanoTime() < end) {
            operation = when().get(path);
        }
        return operation;
    }

    /// {@return the operation of importing `csv`, once it is over}
    static Response done(String symbol, String timeframe, String csv) {
        return ended(send(symbol, timeframe, csv));
    }
}
