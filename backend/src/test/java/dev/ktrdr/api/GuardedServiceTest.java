package dev.ktrdr.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.equalToIgnoringCase;
import static org.hamcrest.Matchers.matchesPattern;

import dev.ktrdr.api.Service.Guarded;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The API in production: with a token, a page of another origin, and a small limit for bodies.
@QuarkusTest
@TestProfile(Guarded.class)
class GuardedServiceTest {

    @TestHTTPResource URI address = URI.create("http://localhost");

    private static RequestSpecification knowing() {
        return given().header("Authorization", "Bearer " + Guarded.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/config",
                "/api/v1/symbols",
                "/api/v1/openapi.json",
                "/api/v1/docs/",
                "/api/v1/nothing",
                "/api/v1"
            })
    void everythingBelowTheApiWantsTheToken(String path) {
        Answers.isError(when().get(path), 401, "UNAUTHORIZED")
                .header("WWW-Authenticate", equalTo("Bearer realm=\"ktrdr\""));
    }

    @Test
    void rightTokenOpensTheApi() {
        Answers.isFine(knowing().get("/api/v1/config"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/health", "/api/health/ready", "/metrics"})
    void healthAndMetricsStayOpen(String path) {
        when().get(path).then().statusCode(200);
    }

    @Test
    void tokenIsMaskedWhereverItCouldBeShown() {
        Response response = knowing().get("/api/v1/config");
        assertThat(response.asString()).doesNotContain(Guarded.TOKEN);
        response.then()
                .body(
                        "data.settings.find { it.name == 'KTRDR_API_TOKEN' }.value",
                        equalTo("********"));
    }

    /// Forms of one path that a gate and a router could understand differently.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/config",
                "/api//v1/config",
                "/api/v1//config",
                "/./api/v1/config",
                "/x/../api/v1/config",
                "/api/v1/./config",
                "/api/%76%31/config",
                "/%61pi/v1/config",
                "/api/v1%2fconfig",
                "/api%2fv1/config",
                "/api%2Fv1%2Fconfig",
                "/x/%2e%2e/api/v1/config",
                "/x/..%2fapi/v1/config",
                "/api;a=b/v1/config",
                "/api%3Ba=b/v1/config",
                "/api;/v1/config",
                "/api;a=b;c=d/v1;e/config;f",
                "/api/v1;a=b/config",
                ";a=b/api/v1/config",
                "/;a=b/api/v1/config",
                "/API/V1/config",
                "/api/v1/config/",
                "/api/v1/config;a=b",
                "/api/v1/config?x",
                "/api\\v1\\config",
                "http://localhost/api/v1/config"
            })
    void noFormOfAPathLeadsPastTheToken(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        assertThat(answer).doesNotContain("KTRDR_DATA_DIR");
        assertThat(answer).matches("(?s)HTTP/1.1 (400|401|404|405) .*");
    }

    /// {@return what comes back for a request that no client library would send}
    private String raw(String head) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            byte[] bytes = (head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void wrongTokensBeyondTheBudgetAreTooManyAndTheRightOneStillWorks() {
        Response last =
                IntStream.range(0, 40)
                        .mapToObj(
                                i ->
                                        given().header("Authorization", "Bearer wrong" + i)
                                                .get("/api/v1/symbols"))
                        .reduce((_, next) -> next)
                        .orElseThrow();
        Answers.isError(last, 429, "TOO_MANY_REQUESTS")
                .header("Retry-After", matchesPattern("[1-6]?[0-9]"));
        Answers.isFine(knowing().get("/api/v1/symbols"));
    }

    @Test
    void bodyThatSaysItIsTooLargeIsRefusedBeforeItIsRead() {
        Response response =
                knowing()
                        .contentType("text/csv")
                        .body("x".repeat(1_000_001))
                        .post("/api/v1/data/import?symbol=BIG&timeframe=1d");
        Answers.isError(response, 413, "PAYLOAD_TOO_LARGE")
                .body("error.message", containsString("KTRDR_UPLOAD_LIMIT_MB, 1 MB"));
    }

    @ParameterizedTest
    @EnumSource
    void bodyOfUnknownLengthIsCutOffAtTheLimit(HttpClient.Version version) throws Exception {
        byte[] csv =
                ("time,open,high,low,close\n" + "x".repeat(1_500_000))
                        .getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = chunked(csv, version);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body())
                .startsWith("{\"success\":false,\"data\":null,\"error\":{")
                .contains("\"PAYLOAD_TOO_LARGE\"");
    }

    @ParameterizedTest
    @EnumSource
    void bodyOfUnknownLengthBelowTheLimitIsTaken(HttpClient.Version version) throws Exception {
        byte[] csv =
                "time,open,high,low,close\n2020-01-01,1,1,1,1\n".getBytes(StandardCharsets.UTF_8);
        assertThat(chunked(csv, version).statusCode()).isEqualTo(202);
    }

    private HttpResponse<String> chunked(byte[] body, HttpClient.Version version) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            URI path = address.resolve("/api/v1/data/import?symbol=CHUNKED&timeframe=1d");
            return client.send(
                    HttpRequest.newBuilder(path)
                            .header("Authorization", "Bearer " + Guarded.TOKEN)
                            .header("Content-Type", "text/csv")
                            .POST(
                                    BodyPublishers.ofInputStream(
                                            () -> new ByteArrayInputStream(body)))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void listedOriginMayAskAndSend() {
        knowing()
                .header("Origin", Guarded.ORIGIN)
                .get("/api/v1/timeframes")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo(Guarded.ORIGIN));
        given().header("Origin", Guarded.ORIGIN)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .options("/api/v1/log-level")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", equalTo(Guarded.ORIGIN))
                .header("Access-Control-Allow-Methods", containsString("PUT"))
                .header("Access-Control-Allow-Headers", containsString("authorization"));
    }

    @Test
    void otherOriginIsNotLetIn() {
        Response response =
                knowing().header("Origin", "http://evil.example").get("/api/v1/timeframes");
        assertThat(response.header("Access-Control-Allow-Origin")).isNull();
        Answers.isFine(response);
        Response preflight =
                given().header("Origin", "http://evil.example")
                        .header("Access-Control-Request-Method", "PUT")
                        .options("/api/v1/log-level");
        assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
        Answers.isError(preflight, 401, "UNAUTHORIZED");
    }

    /// A page of the service itself says where it comes from too.
    @Test
    void originOfTheServiceItselfIsServed() {
        String own = "http://" + address.getAuthority();
        Answers.isFine(knowing().header("Origin", own).get("/api/v1/timeframes"));
    }

    @Test
    void requestWithoutTheTokenLearnsNothingOfThePath() {
        String there = when().get("/api/v1/config").path("error.message");
        String notThere = when().get("/api/v1/nothing").path("error.message");
        assertThat(there).isEqualTo(notThere);
    }

    @Test
    void readyShowsThatThisIsProduction() {
        when().get("/api/health/ready")
                .then()
                .body("environment", equalToIgnoringCase("production"));
    }
}
