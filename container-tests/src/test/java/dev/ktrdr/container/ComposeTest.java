package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.container.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The Compose files, read by every Compose on this machine and brought up by the preferred one.
@WithEngine
class ComposeTest {

    private static final String BASE = "docker-compose.yml";
    private static final String DEV = "docker-compose.dev.yml";
    private static final String PROD = "docker-compose.prod.yml";

    @BeforeAll
    static void needsTheImageThatTheFilesName() {
        assumeTrue(
                Docker.IMAGE.equals("ktrdr-backend:latest"),
                "the Compose files name ktrdr-backend:latest");
        assumeTrue(!Compose.commands().isEmpty(), "there is no Compose");
    }

    /// Each Compose with each set of files that the guide names.
    static Stream<List<List<String>>> readings() {
        return Compose.commands().stream()
                .flatMap(
                        command ->
                                Stream.of(List.of(BASE), List.of(BASE, DEV), List.of(BASE, PROD))
                                        .map(files -> List.of(command, files)));
    }

    /// Rubric 38, first part.
    @ParameterizedTest
    @MethodSource("readings")
    @Tag("baseline")
    void filesAreReadWithoutAWarning(List<List<String>> reading) {
        String[] files = reading.getLast().toArray(String[]::new);
        Result config = Compose.config(reading.getFirst(), Map.of(), files);
        assertThat(config.code()).as(config.err()).isZero();
        assertThat(config.err()).isEmpty();
        assertThat(config.out()).contains("ktrdr-backend");
    }

    /// What `.env.example` holds is what a user copies; each variable in it must be one that the
    /// files read, and taking it over must change nothing.
    @Test
    void exampleOfTheEnvironmentFileIsAccepted() throws IOException {
        String compose = Project.read(BASE) + Project.read(DEV) + Project.read(PROD);
        List<String> names =
                Files.readAllLines(Project.ROOT.resolve(".env.example")).stream()
                        .filter(line -> line.matches("#?[A-Z][A-Z_]+=.*"))
                        .map(line -> line.replaceFirst("^#?([A-Z_]+)=.*", "$1"))
                        .toList();
        assertThat(names).contains("KTRDR_PORT", "KTRDR_MEMORY");
        for (String name : names) {
            if (!List.of("COMPOSE_PROJECT_NAME", "KTRDR_BACKUP_DIR").contains(name)) {
                assertThat(compose).as(name).contains("${" + name);
            }
        }
        for (List<String> command : Compose.commands()) {
            Map<String, String> name = Map.of("COMPOSE_PROJECT_NAME", "ktrdr");
            Result plain = Compose.config(command, name, BASE);
            Result example =
                    Command.of(command)
                            .with("--env-file", ".env.example", "-f", BASE, "config")
                            .run();
            assertThat(example.fine().out()).isEqualTo(plain.fine().out());
        }
    }

    /// Rubric 38: what the user gets without asking for it.
    @Test
    @Tag("baseline")
    void defaultStackIsUpHealthyAndHardened() {
        try (Compose compose = Compose.of(Map.of(), BASE)) {
            Container backend = compose.up("");
            Await.until(
                    "healthy", Duration.ofSeconds(30), () -> backend.health().equals("healthy"));
            assertThat(backend.http().port()).isEqualTo(compose.port());
            assertThat(backend.http().importCsv("SPX", Csv.one()).status()).isEqualTo(200);
            hardened(Docker.inspect(Compose.CONTAINER), compose.port());
            // Stop and start keep the data, and so does taking it down without -v.
            Result _ = compose.run("stop");
            assertThat(backend.exitCode()).isZero();
            assertThat(backend.events().getLast().path("message").asText()).isEqualTo("stopped");
            Result _ = compose.run("down");
            assertThat(Docker.exists("container", Compose.CONTAINER)).isFalse();
            assertThat(Docker.exists("volume", Compose.DATA)).isTrue();
            assertThat(compose.up("").http().bars("SPX").data().path("dates")).hasSize(1);
        }
        assertThat(Docker.exists("network", "ktrdr-network")).isFalse();
    }

    private static void hardened(JsonNode container, int port) {
        JsonNode host = container.path("HostConfig");
        JsonNode binding = host.path("PortBindings").path("8000/tcp");
        assertThat(binding).hasSize(1);
        assertThat(binding.get(0).path("HostIp").asText()).isEqualTo("127.0.0.1");
        assertThat(binding.get(0).path("HostPort").asText()).isEqualTo(Integer.toString(port));
        assertThat(host.path("ReadonlyRootfs").asBoolean()).isTrue();
        assertThat(host.path("CapDrop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(host.path("CapAdd").isEmpty()).isTrue();
        assertThat(host.path("SecurityOpt").toString()).contains("no-new-privileges");
        assertThat(host.path("Privileged").asBoolean()).isFalse();
        for (String space : List.of("PidMode", "UTSMode", "UsernsMode")) {
            assertThat(host.path(space).asText()).as(space).isNotEqualTo("host");
        }
        assertThat(host.path("NetworkMode").asText()).isEqualTo("ktrdr-network");
        assertThat(host.path("Devices").isEmpty()).isTrue();
        assertThat(host.path("Memory").asLong()).isPositive();
        assertThat(host.path("NanoCpus").asLong()).isPositive();
        assertThat(host.path("PidsLimit").asLong()).isPositive();
        // Rubric 34, second part.
        JsonNode log = host.path("LogConfig");
        assertThat(log.path("Config").path("max-size").asText()).isNotBlank();
        assertThat(log.path("Config").path("max-file").asText()).isNotBlank();
        assertThat(container.path("Config").path("StopTimeout").asInt()).isGreaterThanOrEqualTo(20);
        assertThat(host.path("RestartPolicy").path("Name").asText()).isEqualTo("unless-stopped");
        for (JsonNode mount : container.path("Mounts")) {
            String destination = mount.path("Destination").asText();
            boolean writable = destination.endsWith("/data") || destination.endsWith("/logs");
            assertThat(mount.path("RW").asBoolean()).as(destination).isEqualTo(writable);
            assertThat(mount.path("Source").asText()).doesNotContain("docker.sock");
        }
    }

    /// Rubric 38, second part.
    @Test
    void productionStackAsksForTheTokenAndHidesIt(@TempDir Path folder) throws IOException {
        String token = "0123456789abcdef-in-a-file";
        Files.writeString(folder.resolve("api-token"), token + "\n");
        Map<String, String> variables = Map.of("KTRDR_SECRETS_DIR", folder.toString());
        try (Compose compose = Compose.of(variables, BASE, PROD)) {
            Container backend = compose.up(token);
            JsonNode inspected = Docker.inspect(Compose.CONTAINER);
            hardened(inspected, compose.port());
            assertThat(inspected.toString()).doesNotContain(token);
            assertThat(backend.http().get("/api/v1/symbols").status()).isEqualTo(200);
            assertThat(backend.http().withToken("").get("/api/v1/symbols").status()).isEqualTo(401);
            assertThat(backend.http().get("/api/health/ready").text()).contains("production");
            assertThat(backend.exec("ktrdr", "config").fine().out()).doesNotContain(token);
        }
    }

    @Test
    void variablesReachTheService() {
        Map<String, String> variables =
                Map.of("LOG_LEVEL", "DEBUG", "KTRDR_MEMORY", "700m", "ENVIRONMENT", "production");
        for (List<String> command : Compose.commands()) {
            String config = Compose.config(command, variables, BASE).fine().out();
            assertThat(config).contains("LOG_LEVEL: DEBUG", "ENVIRONMENT: production");
            assertThat(config).containsAnyOf("mem_limit: 700m", "mem_limit: \"734003200\"");
        }
    }

    /// Who changes the numbers of the user has to give them the volumes, and is told so.
    @Test
    void otherUserIsToldToGiveItTheVolumes() {
        try (Compose compose = Compose.of(Map.of("KTRDR_UID", "4321"), BASE)) {
            Result _ = compose.run("up", "-d");
            Container backend = Container.named(Compose.CONTAINER, "");
            Await.until(
                    "the remedy is in the log",
                    Duration.ofSeconds(30),
                    () -> backend.output().contains("chown -R 4321:1000"));
        }
    }

    @Test
    void portTakenOnTheHostIsNamedByCompose() {
        try (Container other = Container.serving()) {
            String port = Integer.toString(other.http().port());
            List<String> said = new ArrayList<>();
            try (Compose compose = Compose.of(Map.of(), BASE)) {
                Result up =
                        Command.of(Compose.commands().getFirst())
                                .with("-f", BASE, "up", "-d")
                                .withVariable("KTRDR_PORT", port)
                                .withVariable("COMPOSE_PROJECT_NAME", "ktrdr")
                                .run();
                assertThat(up.code()).isNotZero();
                said.add(up.out() + up.err());
                assertThat(compose.port()).isPositive();
            }
            assertThat(said.getFirst()).contains(port, "already allocated");
            assertThat(other.http().status("/api/health")).isEqualTo(200);
        }
    }

    /// Live reload from the mounted source. The stage has the whole tool chain and takes minutes.
    @Test
    @Tag("slow")
    void developmentStackServesFromTheMountedSource() {
        Map<String, String> variables =
                Map.of("KTRDR_DEBUG_PORT", Integer.toString(FreePort.find()));
        try (Compose compose = Compose.of(variables, BASE, DEV)) {
            Result _ = compose.run("up", "-d", "--build");
            Container backend = Container.named(Compose.CONTAINER, "");
            Await.until(
                    "the development service answers",
                    Duration.ofMinutes(3),
                    () -> {
                        assertThat(backend.running()).as(backend.output()).isTrue();
                        return backend.http().status("/api/health") == 200;
                    });
            assertThat(backend.http().importCsv("SPX", Csv.one()).status()).isEqualTo(200);
            assertThat(backend.exec("id", "-un").text()).isEqualTo("ktrdr");
            JsonNode ports = Docker.inspect(Compose.CONTAINER).path("HostConfig");
            for (JsonNode binding : ports.path("PortBindings")) {
                assertThat(binding.get(0).path("HostIp").asText()).isEqualTo("127.0.0.1");
            }
        }
    }
}
