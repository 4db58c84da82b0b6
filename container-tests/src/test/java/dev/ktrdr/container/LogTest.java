package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.container.Command.Result;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Standard output of the container and the log files in the volume.
@WithEngine
class LogTest {

    private static final int LINE_BYTES_MAX = 16 * 1024;

    private static Http.Reply symbols(Container service, String requestId) {
        return service.http()
                .send("/api/v1/symbols", request -> request.header("X-Request-ID", requestId));
    }

    /// Rubric 31. A life with a start, good and bad requests, long and foreign text, a changed
    /// level, and a stop.
    @Test
    void everyLineIsJsonAndShorterThanWhatDockerSplits() {
        try (Container service = Container.serving("-e", "LOG_LEVEL=DEBUG")) {
            Http http = service.http();
            http.importCsv("SPX", Csv.days(10, 1));
            http.importCsv("SPX", "é € 你,not,a,bar\n");
            http.get("/api/v1/nothing?" + "x".repeat(3000));
            http.send("/metrics", r -> r.header("User-Agent", "a".repeat(4000)));
            http.put("/api/v1/log-level", "{\"level\":\"INFO\"}");
            http.put("/api/v1/log-level", "{\"level\":\"\\u20ac\\nnew line\"}");
            Result _ = service.stop();
            List<String> lines = service.output().lines().toList();
            assertThat(lines).hasSizeGreaterThan(5);
            for (String line : lines) {
                assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(LINE_BYTES_MAX);
                JsonNode event = Docker.json(line);
                for (String field : List.of("@timestamp", "log.level", "message", "log.logger")) {
                    assertThat(event.has(field)).as(field + " in " + line).isTrue();
                }
                assertThat(event.path("service.name").asText()).isEqualTo("ktrdr-backend");
                assertThat(event.path("service.version").asText()).isEqualTo(Project.version());
            }
            assertThat(service.errors()).isEmpty();
        }
    }

    /// Rubric 32. Start and stop are logged whatever the level; requests are INFO.
    @Test
    void levelDecidesWhatIsLogged() {
        try (Container service = Container.serving("-e", "LOG_LEVEL=ERROR")) {
            symbols(service, "quiet");
            service.exec("ktrdr-healthcheck").fine();
            Result _ = service.stop();
            assertThat(service.events())
                    .extracting(event -> event.path("log.logger").asText())
                    .containsOnly("dev.ktrdr.lifecycle");
        }
        try (Container service = Container.serving("-e", "LOG_LEVEL=DEBUG")) {
            JsonNode probe = service.event("url.path", "/api/health");
            assertThat(probe.path("log.level").asText()).isEqualTo("DEBUG");
        }
    }

    /// Rubric 32. A typing mistake in the level must not keep a service down.
    @Test
    void unknownLevelIsOneWarningAndInfo() {
        try (Container service = Container.serving("-e", "LOG_LEVEL=VERBOSE")) {
            List<JsonNode> warnings =
                    service.events().stream()
                            .filter(event -> event.path("log.level").asText().equals("WARNING"))
                            .toList();
            assertThat(warnings).hasSize(1);
            assertThat(warnings.getFirst().path("message").asText())
                    .contains("VERBOSE", "DEBUG, INFO, WARNING, ERROR", "INFO is used");
            assertThat(service.http().get("/api/v1/log-level").data().path("level").asText())
                    .isEqualTo("INFO");
            assertThat(service.http().get("/api/health").text()).contains("\"ok\"");
        }
    }

    /// Rubric 32. The exact bytes of /api/health leave no room; its details name it.
    @Test
    void environmentIsVisibleInEventsAndDetails() {
        try (Container service = Container.production("t")) {
            assertThat(service.events())
                    .allMatch(e -> e.path("service.environment").asText().equals("production"));
            assertThat(service.http().get("/api/health/ready").json().path("environment").asText())
                    .isEqualTo("production");
            assertThat(service.http().get("/api/health").text()).doesNotContain("production");
        }
    }

    /// Rubric 33.
    @Test
    void requestIdIsEchoedAndLogged() {
        try (Container service = Container.serving()) {
            assertThat(symbols(service, "abc").header("X-Request-ID")).isEqualTo("abc");
            JsonNode event = service.event("http.request.id", "abc");
            assertThat(event.path("event.dataset").asText()).isEqualTo("ktrdr.access");
            assertThat(event.path("http.request.method").asText()).isEqualTo("GET");
            assertThat(event.path("url.path").asText()).isEqualTo("/api/v1/symbols");
            assertThat(event.path("http.response.status_code").asInt()).isEqualTo(200);
            assertThat(event.path("event.duration").asLong()).isPositive();
            // Neither a missing nor a hostile one is taken over.
            String made = service.http().get("/api/v1/symbols").header("X-Request-ID");
            assertThat(UUID.fromString(made)).isNotNull();
            assertThat(symbols(service, "a b\"}").header("X-Request-ID")).hasSize(36);
        }
    }

    /// Rubric 33. Two probes every ten seconds would be most of the log.
    @Test
    void probesAreNotInTheLog() {
        try (Container service = Container.serving()) {
            service.exec("ktrdr-healthcheck").fine();
            service.http().get("/metrics");
            symbols(service, "last");
            service.event("http.request.id", "last");
            assertThat(service.output()).doesNotContain("/api/health", "/metrics");
        }
    }

    /// Rubric 34, with a smaller cap: 4 MB in files of 1 MB, and 18 MB of events that hardly
    /// compress. Two hundred would take the same way for longer.
    @Test
    void logFilesStayBelowTheirCap() {
        try (Container service =
                Container.serving("-e", "KTRDR_LOG_FILE_MB=1", "-e", "KTRDR_LOG_TOTAL_MB=4")) {
            Random random = new Random(1);
            byte[] noise = new byte[740];
            for (int i = 0; i < 6_000; i++) {
                random.nextBytes(noise);
                String path = "/api/v1/" + Base64.getUrlEncoder().encodeToString(noise);
                random.nextBytes(noise);
                String agent = Base64.getUrlEncoder().encodeToString(noise);
                service.http().send(path, request -> request.header("User-Agent", agent));
            }
            String rotated = service.exec("sh", "-c", "ls logs").fine().text();
            assertThat(rotated).contains("ktrdr.log", ".log.gz");
            assertThat(rotated).doesNotContain(".part");
            long used =
                    Long.parseLong(
                            service.exec("sh", "-c", "cat logs/ktrdr* | wc -c").fine().text());
            assertThat(used).isBetween(2_000_000L, 4_000_000L);
            assertThat(service.exec("sh", "-c", "gzip -t logs/*.gz").code()).isZero();
            // What is written there is what is on standard output.
            String last = service.exec("tail", "-n", "1", "logs/ktrdr.log").fine().text();
            assertThat(service.output()).contains(last);
        }
    }

    /// A secret in a request must not end in a log that is shipped elsewhere.
    @Test
    void tokensNeverReachTheLog() {
        try (Container service = Container.production("correct-horse-battery")) {
            service.http().get("/api/v1/symbols?token=wrong-staple");
            service.http().withToken("other-staple-1").get("/api/v1/symbols");
            service.http().get("/api/v1/config");
            service.event("url.path", "/api/v1/config");
            assertThat(service.output())
                    .doesNotContain("correct-horse-battery", "wrong-staple", "other-staple-1");
            assertThat(service.exec("cat", "logs/ktrdr.log").fine().out())
                    .doesNotContain("correct-horse-battery", "wrong-staple", "other-staple-1");
        }
    }

    /// In text the lines are for people; the file keeps JSON for programs.
    @Test
    void textFormatIsForTheConsoleAlone() {
        try (Container service = Container.serving("-e", "LOG_FORMAT=text")) {
            assertThat(service.output()).contains("started KTRDR").doesNotContain("{\"@timestamp");
            String first = service.exec("head", "-n", "1", "logs/ktrdr.log").fine().text();
            assertThat(Docker.json(first).has("@timestamp")).isTrue();
        }
    }

    /// What standard output cannot encode would otherwise be question marks.
    @Test
    void foreignLettersSurvive() {
        try (Container service = Container.serving()) {
            service.http().put("/api/v1/log-level", "{\"level\":\"é € 你\"}");
            Http.Reply reply = service.http().put("/api/v1/log-level", "{\"level\":\"é € 你\"}");
            assertThat(reply.text()).contains("é € 你");
            assertThat(service.exec("sh", "-c", "echo $LANG").fine().text()).isEqualTo("C.UTF-8");
        }
    }
}
