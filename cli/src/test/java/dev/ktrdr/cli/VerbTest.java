package dev.ktrdr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the verbs of one word ask and print.
class VerbTest {

    @TempDir private Path folder = Path.of("");
    private FakeService service = FakeService.start();
    private Shell shell = new Shell(folder);

    @BeforeEach
    void open() {
        shell = new Shell(folder).with("KTRDR_URL", service.url());
    }

    @AfterEach
    void close() {
        service.close();
    }

    private static String health(String status) {
        return """
               {"status":"%s","version":"1.0.5.5","environment":"production","uptime_s":93784,\
               "checks":{"data":{"status":"ok","detail":"writable"},\
               "disk":{"status":"degraded","detail":"3 %% free"}}}"""
                .formatted(status);
    }

    @Test
    void healthIsATableOfTheServiceAndOneOfItsChecks() {
        service.on("GET /api/health/ready", 200, health("degraded"));
        var outcome = shell.run("health");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        status       degraded
                        version      1.0.5.5
                        environment  production
                        uptime       1 d 2 h 03 min 04 s

                        CHECK  STATUS    DETAIL
                        data   ok        writable
                        disk   degraded  3 % free
                        """);
    }

    @Test
    void statusIsAnotherWordForHealth() {
        service.on("GET /api/health/ready", 200, health("ok"));
        assertThat(shell.run("status").out()).startsWith("status       ok\n");
    }

    @Test
    void unhealthyServiceIsShownAndExitsWithOne() {
        for (String status : new String[] {"unhealthy", "starting", "stopping"}) {
            service.on("GET /api/health/ready", 503, health(status));
            var table = shell.run("health");
            assertThat(table.exit()).isEqualTo(1);
            assertThat(table.out()).startsWith("status       " + status);
            var json = shell.run("health", "--json");
            assertThat(json.exit()).isEqualTo(1);
            assertThat(json.out())
                    .startsWith("{\"success\":false,\"data\":{\"status\":\"" + status + "\"")
                    .contains("\"code\":\"UNHEALTHY\"");
        }
    }

    @Test
    void healthAsJsonHoldsAllThatTheServiceTold() {
        service.on("GET /api/health/ready", 200, health("ok"));
        assertThat(shell.run("health", "--json").out())
                .isEqualTo("{\"success\":true,\"data\":" + health("ok") + ",\"error\":null}\n");
    }

    @Test
    void configIsATableOfNamesValuesAndOrigins() {
        service.data(
                "GET /api/v1/config",
                """
                {"settings":[{"name":"LOG_LEVEL","key":"log.level","value":"INFO",\
                "origin":"file config/application.yaml:3","secret":false},\
                {"name":"KTRDR_API_TOKEN","value":"****","origin":"environment","secret":true},\
                {"name":"KTRDR_LOG_TO_FILE","value":null,"origin":"default"}]}""");
        assertThat(shell.run("config").out())
                .isEqualTo(
                        """
                        NAME               VALUE  ORIGIN
                        LOG_LEVEL          INFO   file config/application.yaml:3
                        KTRDR_API_TOKEN    ****   environment
                        KTRDR_LOG_TO_FILE         default
                        """);
    }

    @Test
    void logLevelIsSetInCapitals() {
        service.data("PUT /api/v1/log-level", "{\"level\":\"DEBUG\"}");
        assertThat(shell.run("log-level", "debug").out()).isEqualTo("DEBUG\n");
        assertThat(service.request().body()).isEqualTo("{\"level\":\"DEBUG\"}");
        assertThat(service.request().header("Content-type")).isEqualTo("application/json");
    }
}
