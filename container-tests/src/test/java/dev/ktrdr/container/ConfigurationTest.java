package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.container.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings from environment, files and secrets; above all the wrong ones.
@WithEngine
class ConfigurationTest {

    private static final String CONFIG = ":/home/ktrdr/app/config:ro";

    /// {@return the one line that a service leaves which refuses its settings with code 78}
    private static String refusal(String... options) {
        List<String> all = new ArrayList<>(List.of("-e", "ENVIRONMENT=development"));
        all.addAll(List.of(options));
        try (Container service = Container.run(Docker.IMAGE, all)) {
            assertThat(service.exitCode()).as(service.output()).isEqualTo(78);
            assertThat(service.errors()).isEmpty();
            JsonNode line = service.lastWords();
            assertThat(line.path("process.exit_code").asInt()).isEqualTo(78);
            return line.path("message").asText();
        }
    }

    private static Path file(Path folder, String name, String text) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    /// Rubric 30.
    @Test
    void emptyConfigurationFolderMeansDefaults(@TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Container service = Container.serving("-v", folder + CONFIG)) {
            JsonNode settings = service.http().get("/api/v1/config").data().path("settings");
            for (JsonNode setting : settings) {
                if (setting.path("name").asText().equals("LOG_FORMAT")) {
                    assertThat(setting.path("value").asText()).isEqualTo("json");
                    assertThat(setting.path("origin").asText()).isEqualTo("default");
                }
            }
            assertThat(settings).hasSizeGreaterThan(10);
            assertThat(service.exec("touch", "config/x").code()).isNotZero();
        }
    }

    /// Rubric 30.
    @Test
    void unknownKeyIsRefusedWithFileLineAndNearestKey(@TempDir Path folder) throws IOException {
        file(folder, "application.yaml", "log:\n  format: json\n  levl: INFO\n");
        assertThat(refusal("-v", folder + CONFIG))
                .contains("application.yaml:3", "log.levl", "log.level");
    }

    @Test
    void brokenYamlIsRefusedWithFileAndLine(@TempDir Path folder) throws IOException {
        file(folder, "application.yaml", "log:\n  level: [INFO\n");
        assertThat(refusal("-v", folder + CONFIG)).contains("application.yaml:", "YAML");
    }

    @Test
    void wrongValueInTheFileIsRefusedWithLineAndAllowedValues(@TempDir Path folder)
            throws IOException {
        file(folder, "application.yaml", "http:\n  port: eighty\n");
        assertThat(refusal("-v", folder + CONFIG))
                .contains("application.yaml:2", "http.port", "eighty", "65535");
    }

    /// Rubric 30. The image's own copy is immutable too.
    @Test
    void serviceCannotWriteItsConfiguration() {
        try (Container service = Container.serving()) {
            assertThat(service.exec("touch", "/home/ktrdr/app/config/x").code()).isNotZero();
        }
    }

    @Test
    void fileWinsOverDefaultAndEnvironmentOverFile(@TempDir Path folder) throws IOException {
        file(folder, "application.yaml", "http:\n  body-limit-mb: 7\nlog:\n  level: ERROR\n");
        Result config =
                Docker.once(List.of("-v", folder + CONFIG, "-e", "LOG_LEVEL=DEBUG"), "config");
        assertThat(config.fine().out())
                .containsPattern("KTRDR_BODY_LIMIT_MB +7 +file config/application.yaml:2")
                .containsPattern("LOG_LEVEL +DEBUG +environment");
    }

    @Test
    void wrongEnvironmentIsRefusedWithVariableValueAndAllowedValues() {
        assertThat(refusal("-e", "ENVIRONMENT=staging"))
                .contains("ENVIRONMENT", "staging", "development, production");
    }

    @Test
    void unknownVariableIsRefusedWithTheNearestName() {
        assertThat(refusal("-e", "KTRDR_LOG_TOTL_MB=5"))
                .contains("KTRDR_LOG_TOTL_MB", "KTRDR_LOG_TOTAL_MB");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(refusal("-e", "ENVIRONMENT=staging", "-e", "KTRDR_PORT=99999"))
                .contains("ENVIRONMENT", "KTRDR_PORT");
    }

    /// Rubric 38, last part.
    @Test
    void tokenGivenTwiceIsRefused(@TempDir Path folder) throws IOException {
        Path secret = file(folder, "api-token", "one\n");
        assertThat(
                        refusal(
                                "-e",
                                "KTRDR_API_TOKEN=two",
                                "-e",
                                "KTRDR_API_TOKEN_FILE=/run/api-token",
                                "-v",
                                secret + ":/run/api-token:ro"))
                .contains("KTRDR_API_TOKEN", "KTRDR_API_TOKEN_FILE", "keep one")
                .doesNotContain("two");
    }

    @Test
    void unreadableSecretIsRefusedWithItsPathAndTheUser(@TempDir Path folder) throws IOException {
        Path secret = file(folder, "api-token", "one\n");
        // In the container, so that nobody has to be root on the host.
        List<String> asRoot = List.of("-u", "0", "-v", folder + ":/f", "--entrypoint", "sh");
        Docker.once(asRoot, "-c", "chown 0:0 /f/api-token && chmod 0600 /f/api-token").fine();
        assertThat(
                        refusal(
                                "-e",
                                "KTRDR_API_TOKEN_FILE=/run/api-token",
                                "-v",
                                secret + ":/run/api-token:ro"))
                .contains("KTRDR_API_TOKEN_FILE", "/run/api-token", "ktrdr", "permission denied");
    }

    @Test
    void missingSecretIsRefused() {
        assertThat(refusal("-e", "KTRDR_API_TOKEN_FILE=/run/secrets/api-token"))
                .contains("KTRDR_API_TOKEN_FILE", "/run/secrets/api-token", "no such file");
    }

    /// What Docker makes of a file that is missing on the host.
    @Test
    void folderInPlaceOfASecretIsRefusedWithTheLikelyCause(@TempDir Path folder) {
        Path missing = folder.resolve("missing");
        try {
            assertThat(
                            refusal(
                                    "-e",
                                    "KTRDR_API_TOKEN_FILE=/run/api-token",
                                    "-v",
                                    missing + ":/run/api-token:ro"))
                    .contains("KTRDR_API_TOKEN_FILE", "it is a folder", "missing on the host");
        } finally {
            Result _ =
                    Docker.once(
                            List.of("-u", "0", "-v", folder + ":/f", "--entrypoint", "rmdir"),
                            "/f/missing");
        }
    }

    /// The file holds one trailing line break, as every editor writes it.
    @Test
    void secretFromAFileIsUsedAndNeverShown(@TempDir Path folder) throws IOException {
        Path secret = file(folder, "api-token", "from-a-file-42\n");
        try (Container service =
                Container.serving(
                        "-e",
                        "ENVIRONMENT=production",
                        "-e",
                        "KTRDR_API_TOKEN_FILE=/run/api-token",
                        "-v",
                        secret + ":/run/api-token:ro")) {
            assertThat(service.http().get("/api/v1/symbols").status()).isEqualTo(401);
            Http.Reply config = service.http().withToken("from-a-file-42").get("/api/v1/config");
            assertThat(config.status()).isEqualTo(200);
            assertThat(config.text()).contains("********").doesNotContain("from-a-file-42");
            assertThat(Docker.inspect(service.name()).toString()).doesNotContain("from-a-file-42");
            String environ = "tr '\\0' '\\n' </proc/$(pgrep java)/environ";
            assertThat(service.exec("sh", "-c", environ).fine().out())
                    .contains("KTRDR_API_TOKEN_FILE")
                    .doesNotContain("from-a-file-42");
        }
    }

    /// In production there is always a token; the log says where it lies and not what it is.
    @Test
    void tokenIsGeneratedInProductionAndSurvivesARestart() {
        try (Container service = Container.serving("-e", "ENVIRONMENT=production")) {
            String file = "/home/ktrdr/app/data/secrets/api-token";
            String token = service.exec("cat", file).fine().text();
            assertThat(token).matches("[0-9a-f]{64}");
            assertThat(service.exec("stat", "-c", "%a %u", file).text()).isEqualTo("600 1000");
            assertThat(service.output()).contains(file).doesNotContain(token);
            assertThat(service.http().get("/api/v1/symbols").status()).isEqualTo(401);
            assertThat(service.http().withToken(token).get("/api/v1/symbols").status())
                    .isEqualTo(200);
            assertThat(service.exec("ktrdr", "config").code()).isZero();
            Result _ = service.stop();
            service.start().awaitServing();
            assertThat(service.http().withToken(token).get("/api/v1/symbols").status())
                    .isEqualTo(200);
        }
    }
}
