package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.container.Command.Result;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What the service, and Docker with it, says about its health.
@WithEngine
class HealthTest {

    private static final Duration ROUND = Duration.ofSeconds(30);

    private static String ok() {
        return "{\"status\":\"ok\",\"version\":\"" + Project.version() + "\"}";
    }

    /// The documented bytes; once the path of the check and the path of the service differed.
    @Test
    void documentedPathGivesTheDocumentedBytes() {
        try (Container service = Container.serving()) {
            assertThat(service.http().get("/api/health").text()).isEqualTo(ok());
            for (String path : new String[] {"live", "ready", "started"}) {
                JsonNode detail = service.http().get("/api/health/" + path).json();
                assertThat(detail.path("status").asText()).as(path).isEqualTo("ok");
                assertThat(detail.path("version").asText()).isEqualTo(Project.version());
            }
        }
    }

    /// Rubric 21, second part. Engine 20.10 probes after a whole interval of 10 s for the first
    /// time. And rubric 37: what the probe has printed is kept.
    @Test
    void dockerCallsItHealthyWithinFifteenSeconds() {
        try (Container service = Container.serve()) {
            Await.until(
                    "healthy", Duration.ofSeconds(15), () -> service.health().equals("healthy"));
            JsonNode log = service.state().path("Health").path("Log");
            assertThat(log.get(log.size() - 1).path("Output").asText().strip()).isEqualTo(ok());
        }
    }

    /// Rubric 37. The folder changes its owner, as a careless `chown -R` on the host does it.
    @Test
    void dataFolderThatCannotBeWrittenIsUnhealthyUntilItIsMended() {
        try (Container service = Container.serving()) {
            Http http = service.http();
            Result _ = service.root("chown", "0:0", "data").fine();
            Await.until("unhealthy", ROUND, () -> http.status("/api/health") == 503);
            assertThat(http.get("/api/health").json().path("status").asText())
                    .isEqualTo("unhealthy");
            JsonNode ready = http.get("/api/health/ready").json();
            assertThat(ready.path("checks").path("data").path("detail").asText())
                    .contains("/home/ktrdr/app/data", "1000:1000", "owner 0:0", "chown");
            assertThat(http.status("/api/health/live")).isEqualTo(200);
            Result probe = service.exec("ktrdr-healthcheck");
            assertThat(probe.code()).isEqualTo(1);
            assertThat(probe.text()).contains("unhealthy");
            assertThat(service.event("message", "health is unhealthy").path("log.level").asText())
                    .isEqualTo("ERROR");
            Result _ = service.root("chown", "1000:1000", "data").fine();
            Await.until("ok again", ROUND, () -> http.status("/api/health") == 200);
            service.event("message", "health is ok");
        }
    }

    /// Rubric 37. Nothing of the service depends on a provider yet; its log folder is what it can
    /// do without.
    @Test
    void logFolderThatCannotBeWrittenIsDegradedAndServes() {
        try (Volume logs = Volume.ownedBy("0:0");
                Container service = Container.serving("-v", logs.asLogs())) {
            Http.Reply health = service.http().get("/api/health");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().path("status").asText()).isEqualTo("degraded");
            JsonNode ready = service.http().get("/api/health/ready").json();
            assertThat(ready.path("checks").path("logs").path("detail").asText())
                    .contains("/home/ktrdr/app/logs", "1000:1000", "chown");
            assertThat(ready.path("checks").path("data").path("status").asText()).isEqualTo("ok");
            assertThat(service.http().importCsv("SPX", Csv.one()).status()).isEqualTo(200);
            assertThat(service.exec("ktrdr-healthcheck").fine().text()).contains("degraded");
            assertThat(service.event("message", "health is degraded").path("log.level").asText())
                    .isEqualTo("WARNING");
        }
    }

    /// Rubric 37. A request in flight keeps the service from ending at once; meanwhile a
    /// connection that is already open is told.
    @Test
    void stoppingIsSaidBeforeThePortCloses() throws IOException {
        try (Container service = Container.serving();
                Socket probe = service.http().connect()) {
            byte[] request =
                    "GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII);
            AtomicBoolean told = new AtomicBoolean();
            CompletableFuture<Result> stop = CompletableFuture.supplyAsync(service::stop);
            Await.until(
                    "503 stopping",
                    Duration.ofSeconds(20),
                    () -> {
                        try {
                            probe.getOutputStream().write(request);
                            String reply = Http.reply(probe);
                            told.set(reply.contains(" 503 ") && reply.contains("\"stopping\""));
                            return told.get() || reply.isEmpty();
                        } catch (IOException closed) {
                            return true;
                        }
                    });
            assertThat(told).isTrue();
            assertThat(stop.join().code()).isZero();
        }
    }

    /// A container that is up but does not serve must not count as healthy.
    @Test
    void probeFailsWhereNobodyListens() {
        try (Container idle = Container.run(Docker.IMAGE, List.of(), "sleep", "infinity")) {
            Result probe = idle.exec("ktrdr-healthcheck");
            assertThat(probe.code()).isEqualTo(1);
            assertThat(probe.out()).isNotBlank();
        }
    }

    /// The engine hands proxies of its configuration to every container.
    @Test
    void proxyVariablesDoNotMisleadTheProbe() {
        String proxy = "http://127.0.0.1:9";
        try (Container service =
                Container.serving("-e", "HTTP_PROXY=" + proxy, "-e", "http_proxy=" + proxy)) {
            assertThat(service.exec("ktrdr-healthcheck").fine().text()).contains("\"ok\"");
            assertThat(service.exec("ktrdr", "health").code()).isZero();
        }
    }

    @Test
    void otherPortInsideIsFollowedByTheProbe() {
        try (Container service =
                Container.run(
                        Docker.IMAGE,
                        List.of("-e", "KTRDR_PORT=9123", "-e", "ENVIRONMENT=development"))) {
            Await.until(
                    "the probe succeeds",
                    ROUND,
                    () -> service.exec("ktrdr-healthcheck").code() == 0);
        }
    }

    @Test
    void budgetOfTheDataFolderMakesItDegraded() {
        try (Container service = Container.serving("-e", "KTRDR_DATA_BUDGET_MB=1")) {
            assertThat(service.http().get("/api/health").text()).isEqualTo(ok());
            Result _ =
                    service.exec("dd", "if=/dev/zero", "of=data/filler", "bs=1M", "count=3").fine();
            Await.until(
                    "degraded",
                    ROUND,
                    () -> service.http().get("/api/health").text().contains("degraded"));
            assertThat(service.http().get("/api/health/ready").text())
                    .contains("KTRDR_DATA_BUDGET_MB");
        }
    }
}
