package dev.ktrdr.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.Project;
import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.Settings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The service as anybody meets it who has just started it.
@QuarkusTest
@TestProfile(Service.Open.class)
class OpenServiceTest {

    @Inject Settings settings;

    private static String version() {
        var matcher = Pattern.compile("<revision>([^<]+)<").matcher(Project.text("pom.xml"));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void healthIsExactlyTheDocumentedBytes() {
        Response response = when().get("/api/health");
        assertThat(response.asString())
                .isIn(
                        "{\"status\":\"ok\",\"version\":\"" + version() + "\"}",
                        "{\"status\":\"degraded\",\"version\":\"" + version() + "\"}");
        response.then().statusCode(200).contentType("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void detailsOfHealthNameVersionEnvironmentAndUptime(String probe) {
        when().get("/api/health/" + probe)
                .then()
                .statusCode(200)
                .body("version", equalTo(version()))
                .body("environment", equalTo("development"))
                .body("uptime_s", not(equalTo(null)));
    }

    @Test
    void readinessShowsEveryCheck() {
        when().get("/api/health/ready")
                .then()
                .body("checks.keySet()", hasItems("data", "store", "disk", "instruments", "logs"))
                .body("checks.data.status", equalTo("ok"))
                .body("checks.data.detail", equalTo("writable"));
    }

    @Test
    void metricsAreServedForPrometheus() {
        when().get("/metrics").then().statusCode(200).body(startsWith("#"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A.b_c-1", "0123456789abcdef"})
    void identifierOfTheCallerIsKept(String id) {
        given().header("X-Request-ID", id)
                .get("/api/health")
                .then()
                .header("X-Request-ID", equalTo(id));
    }

    @Test
    void identifierOfTheCallerMayHaveAHundredAndTwentyEightCharacters() {
        String longest = "x".repeat(128);
        given().header("X-Request-ID", longest)
                .get("/api/health")
                .then()
                .header("X-Request-ID", equalTo(longest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "<script>", "a\"b", "ä", "../x", "{\"a\":1}", "%0a"})
    void hostileIdentifierIsReplaced(String id) {
        given().header("X-Request-ID", id)
                .get("/api/health")
                .then()
                .header("X-Request-ID", matchesPattern("[0-9a-f-]{36}"));
        given().header("X-Request-ID", "y".repeat(129))
                .get("/api/health")
                .then()
                .header("X-Request-ID", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void identifiersThatAreGeneratedDiffer() {
        String first = when().get("/api/health").header("X-Request-ID");
        String second = when().get("/api/health").header("X-Request-ID");
        assertThat(first).matches("[0-9a-f-]{36}").isNotEqualTo(second);
    }

    @Test
    void traceOfTheCallerIsTheIdentifier() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        given().header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .get("/api/health")
                .then()
                .header("X-Request-ID", equalTo(trace));
        given().header("traceparent", "00-nonsense-01")
                .get("/api/health")
                .then()
                .header("X-Request-ID", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void noOriginIsLetInByDefault() {
        assertThat(
                        given().header("Origin", "http://page.example")
                                .get("/api/v1/timeframes")
                                .headers()
                                .asList())
                .noneMatch(header -> header.getName().startsWith("Access-Control"));
    }

    @Test
    void openApiDocumentListsEveryRoute() {
        Response response = when().get("/api/v1/openapi.json");
        response.then().statusCode(200).body("info.version", equalTo(version()));
        Map<String, Map<String, Object>> paths = response.path("paths");
        Map<String, TreeSet<String>> methods = new TreeMap<>();
        paths.forEach((path, verbs) -> methods.put(path, new TreeSet<>(verbs.keySet())));
        assertThat(methods.toString())
                .isEqualTo(
                        String.join(
                                ", ",
                                "{/api/health=[get]",
                                "/api/health/live=[get]",
                                "/api/health/ready=[get]",
                                "/api/health/started=[get]",
                                "/api/v1/backups=[post]",
                                "/api/v1/calendars=[get]",
                                "/api/v1/config=[get]",
                                "/api/v1/data/acquire/download=[post]",
                                "/api/v1/data/fill=[post]",
                                "/api/v1/data/import=[post]",
                                "/api/v1/data/info=[get]",
                                "/api/v1/data/load=[post]",
                                "/api/v1/data/range=[post]",
                                "/api/v1/data/resample=[post]",
                                "/api/v1/data/{symbol}/{timeframe}=[delete, get]",
                                "/api/v1/data/{symbol}/{timeframe}/imports=[get]",
                                "/api/v1/data/{symbol}/{timeframe}/quality=[get]",
                                "/api/v1/instruments=[get]",
                                "/api/v1/instruments/{symbol}=[get]",
                                "/api/v1/log-level=[get, put]",
                                "/api/v1/operations=[get]",
                                "/api/v1/operations/{id}=[delete, get]",
                                "/api/v1/operations/{id}/events=[get]",
                                "/api/v1/operations/{id}/rejects=[get]",
                                "/api/v1/operations/{id}/results=[get]",
                                "/api/v1/symbols=[get]",
                                "/api/v1/timeframes=[get]}"));
    }

    @Test
    void everyOperationOfTheDocumentHasASummaryAndATag() {
        Map<String, Map<String, Map<String, Object>>> paths =
                when().get("/api/v1/openapi.json").path("paths");
        paths.forEach(
                (path, verbs) ->
                        verbs.forEach(
                                (verb, operation) ->
                                        assertThat(operation)
                                                .as(verb + " " + path)
                                                .containsKeys("summary", "tags")));
    }

    /// Nothing is loaded from elsewhere, and everything that is loaded is there.
    @Test
    void docsPageNeedsNoOutsideAddress() {
        Response page = when().get("/api/v1/docs/");
        page.then().statusCode(200).contentType(ContentType.HTML);
        String html = page.asString();
        assertThat(html).doesNotContainPattern("(?:src|href)=[\"']?\\s*(?:https?:)?//");
        assertThat(html).contains("/api/v1/openapi");
        List<String> loaded =
                Pattern.compile("(?:src|href)=\"([^\"#]+)\"")
                        .matcher(html)
                        .results()
                        .map(found -> found.group(1))
                        .toList();
        assertThat(loaded).isNotEmpty();
        for (String address : loaded) {
            String path = address.startsWith("/") ? address : "/api/v1/docs/" + address;
            when().get(path).then().statusCode(200);
        }
    }

    @Test
    void configurationIsShownWithItsOrigins() {
        Answers.isFine(when().get("/api/v1/config"))
                .body("data.settings", hasSize(Catalogue.all().size()))
                .body(
                        "data.settings[0].keySet()",
                        hasItems("name", "key", "value", "origin", "secret", "description"))
                .body("data.settings.find { it.name == 'LOG_LEVEL' }.origin", equalTo("default"))
                .body(
                        "data.settings.find { it.name == 'KTRDR_DATA_DIR' }.origin",
                        equalTo("environment"));
    }

    @Test
    void levelCanBeChangedAndIsInForceAtOnce() throws Exception {
        given().contentType(ContentType.JSON)
                .body("{\"level\":\"debug\"}")
                .put("/api/v1/log-level")
                .then()
                .statusCode(200)
                .body("data.level", equalTo("DEBUG"));
        Answers.isFine(when().get("/api/v1/log-level")).body("data.level", equalTo("DEBUG"));
        // A probe is logged at DEBUG alone.
        given().header("X-Request-ID", "seen-at-debug").get("/api/health");
        assertThat(event("seen-at-debug").get("log.level").asText()).isEqualTo("DEBUG");
        given().contentType(ContentType.JSON)
                .body("{\"level\":\"INFO\"}")
                .put("/api/v1/log-level")
                .then()
                .statusCode(200);
    }

    /// {@return the access event of the request with `id`; it may be written after the answer}
    private JsonNode event(String id) throws IOException {
        Path log = settings.folder(Catalogue.LOG_DIR).resolve("ktrdr.log");
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Optional<String> found = Optional.empty();
        while (found.isEmpty() && System.nanoTime() < end) {
            String text = Files.exists(log) ? Files.readString(log) : "";
            found =
                    text.lines()
                            .filter(line -> line.contains("ktrdr.access") && line.contains(id))
                            .findFirst();
            Thread.onSpinWait();
        }
        return new ObjectMapper().readTree(found.orElseThrow());
    }

    @Test
    void everyRequestIsOneAccessEvent() throws IOException {
        given().header("X-Request-ID", "one-event")
                .header("User-Agent", "a test")
                .get("/api/v1/data/NONE/1d?token=topsecret");
        JsonNode event = event("one-event");
        assertThat(event.get("event.dataset").asText()).isEqualTo("ktrdr.access");
        assertThat(event.get("http.request.method").asText()).isEqualTo("GET");
        assertThat(event.get("url.path").asText()).isEqualTo("/api/v1/data/NONE/1d");
        assertThat(event.get("http.response.status_code").asInt()).isEqualTo(404);
        assertThat(event.get("event.duration").asLong()).isPositive();
        assertThat(event.get("http.request.id").asText()).isEqualTo("one-event");
        assertThat(event.get("user_agent.original").asText()).isEqualTo("a test");
        assertThat(event.toString()).doesNotContain("topsecret");
    }
}
