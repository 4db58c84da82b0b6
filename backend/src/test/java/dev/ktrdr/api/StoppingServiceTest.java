package dev.ktrdr.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.equalToIgnoringCase;

import dev.ktrdr.operation.Health;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The API between the stop signal and the end.
@QuarkusTest
@TestProfile(Service.Stopping.class)
class StoppingServiceTest {

    @Inject Health health;

    @BeforeEach
    void stop() {
        health.stopping();
    }

    @Test
    void newRequestsAreRefusedAndTheConnectionCloses() {
        Answers.isError(when().get("/api/v1/symbols"), 503, "UNAVAILABLE")
                .header("Connection", equalToIgnoringCase("close"))
                .body("error.message", equalTo("the service is stopping"));
        Answers.isError(
                given().contentType("text/csv").body("x").post("/api/v1/data/import"),
                503,
                "UNAVAILABLE");
    }

    @Test
    void healthFallsWithTheDocumentedWord() {
        Response response = when().get("/api/health");
        assertThat(response.asString()).startsWith("{\"status\":\"stopping\",\"version\":\"");
        response.then().statusCode(503);
        when().get("/api/health/ready").then().statusCode(503).body("status", equalTo("stopping"));
    }

    @Test
    void processIsStillAliveForItsSupervisor() {
        when().get("/api/health/live").then().statusCode(200);
    }
}
