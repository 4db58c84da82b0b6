package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.container.Command.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folders that outlive a container: foreign, full, shared, or cut off in the middle of work.
@WithEngine
class VolumeTest {

    private static final Duration REFUSAL = Duration.ofSeconds(3);

    /// Rubric 28.
    @Test
    void freshNamedVolumeBelongsToTheUserOfTheImage() {
        try (Volume volume = Volume.fresh()) {
            List<String> options = List.of("-v", volume.asData(), "--entrypoint", "stat");
            Result stat = Docker.once(options, "-c", "%u:%g %a", "/home/ktrdr/app/data");
            assertThat(stat.fine().text()).isEqualTo("1000:1000 750");
        }
    }

    /// Rubric 29. Docker makes the missing folder of a bind mount, as root.
    @Test
    void rootOwnedBindMountIsRefusedWithTheRemedy(@TempDir Path folder) {
        Path made = folder.resolve("made-by-docker");
        List<String> options = List.of("-v", made + ":/home/ktrdr/app/data");
        try (Container service = Container.run(Docker.IMAGE, options)) {
            assertThat(service.exitCode()).isEqualTo(78);
            assertThat(service.lifetime()).isLessThan(REFUSAL);
            JsonNode line = service.lastWords();
            assertThat(line.path("message").asText())
                    .contains(
                            "/home/ktrdr/app/data",
                            "uid 1000:1000",
                            "owner 0:0",
                            "chown -R 1000:1000");
            assertThat(line.path("process.exit_code").asInt()).isEqualTo(78);
            assertThat(service.errors()).isEmpty();
        }
    }

    /// Once such a mount on the log folder ended the service.
    @Test
    void rootOwnedLogFolderDoesNotKeepTheServiceDown() {
        try (Volume logs = Volume.ownedBy("0:0");
                Container service = Container.serving("-v", logs.asLogs())) {
            assertThat(service.http().get("/api/health").text()).contains("degraded");
            assertThat(service.output()).contains("started KTRDR");
        }
    }

    @Test
    void readOnlyDataFolderIsRefusedWithTheRemedy() {
        try (Volume volume = Volume.fresh();
                Container service =
                        Container.run(Docker.IMAGE, List.of("-v", volume.asData() + ":ro"))) {
            assertThat(service.exitCode()).isEqualTo(78);
            assertThat(service.lastWords().path("message").asText())
                    .contains("/home/ktrdr/app/data", "read-only", "without :ro");
        }
    }

    @Test
    void fileInPlaceOfTheDataFolderIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("data"));
        // On a folder of the image the engine itself would refuse to mount a file.
        List<String> options = List.of("-v", file + ":/srv/data", "-e", "KTRDR_DATA_DIR=/srv/data");
        try (Container service = Container.run(Docker.IMAGE, options)) {
            assertThat(service.exitCode()).isEqualTo(78);
            assertThat(service.lastWords().path("message").asText())
                    .contains("/srv/data is a file, a folder is due");
        }
    }

    @Test
    void fileOnTheImagesDataFolderIsRefusedByTheEngineAndNamed(@TempDir Path folder)
            throws IOException {
        Path file = Files.createFile(folder.resolve("data"));
        Result run = Docker.once(List.of("-v", file + ":/home/ktrdr/app/data"), "serve");
        assertThat(run.code()).isIn(125, 126, 127);
        assertThat(run.err()).contains("/home/ktrdr/app/data", "not a directory");
    }

    /// One writer a folder; the second would otherwise overwrite what the first acknowledges.
    @Test
    void secondServiceOnOneVolumeIsRefused() {
        try (Volume volume = Volume.fresh();
                Container first = Container.serving("-v", volume.asData());
                Container second = Container.run(Docker.IMAGE, List.of("-v", volume.asData()))) {
            assertThat(second.exitCode()).isEqualTo(78);
            assertThat(second.lifetime()).isLessThan(REFUSAL);
            assertThat(second.lastWords().path("message").asText())
                    .contains("/home/ktrdr/app/data", "in use by another KTRDR");
            assertThat(first.http().importCsv("SPX", Csv.one()).status()).isEqualTo(200);
        }
    }

    @Test
    void fullDiskIsA503ThatNamesTheDiskAndLosesNothing() {
        String tmpfs = "/home/ktrdr/app/data:size=2m,uid=1000,gid=1000,mode=0750";
        try (Container service = Container.serving("--tmpfs", tmpfs)) {
            Http http = service.http();
            Set<String> kept = ConcurrentHashMap.newKeySet();
            Http.Reply reply = http.importCsv("S", Csv.one());
            for (int i = 0; i < 200 && reply.status() == 200; i++) {
                reply = http.importCsv("S" + i, Csv.days(4_000, i));
                if (reply.status() == 200) {
                    kept.add("S" + i);
                }
            }
            assertThat(reply.status()).as(reply.text()).isEqualTo(503);
            assertThat(reply.error()).isEqualTo("UNAVAILABLE");
            assertThat(reply.text()).contains("No space left on device").hasSizeLessThan(400);
            assertThat(kept).isNotEmpty();
            for (String symbol : kept) {
                assertThat(http.bars(symbol).data().path("dates")).as(symbol).hasSize(4_000);
            }
            // A new version of a series that does not fit leaves the old one.
            Http.Reply larger = http.importCsv("S0", Csv.days(60_000, 99));
            assertThat(larger.status()).isEqualTo(503);
            assertThat(http.bars("S0").data().path("dates")).hasSize(4_000);
            assertThat(service.running()).isTrue();
            assertThat(http.status("/api/health/live")).isEqualTo(200);
            assertThat(service.exec("sh", "-c", "find data -name '*.part'").text()).isEmpty();
        }
    }

    /// Everything that was answered with 200 is there after a kill in the middle of imports.
    @Test
    void killLosesNothingThatWasAcknowledged() {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        try (Volume volume = Volume.fresh();
                Container service = Container.serving("-v", volume.asData())) {
            for (int round = 0; round < 3; round++) {
                importUntilKilled(service, round, acknowledged);
                service.start().awaitServing();
                assertThat(service.http().get("/api/health").text()).contains("\"ok\"");
                for (String symbol : acknowledged) {
                    assertThat(service.http().bars(symbol).data().path("dates"))
                            .as(symbol)
                            .hasSize(300);
                }
                assertThat(service.exec("sh", "-c", "find data -name '*.part'").text()).isEmpty();
            }
            assertThat(acknowledged).hasSizeGreaterThan(10);
        }
    }

    private static void importUntilKilled(Container service, int round, Set<String> acknowledged) {
        Http http = service.http();
        int before = acknowledged.size();
        List<Thread> writers =
                IntStream.range(0, 4)
                        .mapToObj(writer -> "R%dW%d".formatted(round, writer))
                        .map(
                                name ->
                                        Thread.ofVirtual()
                                                .start(() -> write(http, name, acknowledged)))
                        .toList();
        Await.until(
                "some imports are acknowledged",
                Duration.ofSeconds(60),
                () -> acknowledged.size() > before + 5 * (round + 1));
        Result _ = Docker.run("kill", "-s", "KILL", service.name());
        assertThat(service.exitCode()).isEqualTo(137);
        for (Thread writer : writers) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void write(Http http, String name, Set<String> acknowledged) {
        try {
            for (int i = 0; ; i++) {
                String symbol = name + "N" + i;
                if (http.importCsv(symbol, Csv.days(300, i)).status() == 200) {
                    acknowledged.add(symbol);
                }
            }
        } catch (UncheckedIOException killed) {
            // What was not answered may or may not be there.
        }
    }

    /// Rubric 39, last part.
    @Test
    void dataOfANewerVersionAreRefusedWithBothVersions() {
        try (Volume volume = Volume.fresh()) {
            try (Container service = Container.serving("-v", volume.asData())) {
                Result _ = service.stop();
            }
            volume.root("echo 'schema 2, written by KTRDR 9.8.7' >/volume/schema-version").fine();
            try (Container older = Container.run(Docker.IMAGE, List.of("-v", volume.asData()))) {
                assertThat(older.exitCode()).isEqualTo(78);
                assertThat(older.lastWords().path("message").asText())
                        .contains("9.8.7", Project.version(), "schema 2", "schema 1");
            }
            assertThat(volume.root("cat /volume/schema-version").text()).contains("9.8.7");
        }
    }

    @Test
    void brokenSchemaFileIsRefusedInOneLine() {
        try (Volume volume = Volume.fresh()) {
            try (Container service = Container.serving("-v", volume.asData())) {
                Result _ = service.stop();
            }
            volume.root("echo gibberish >/volume/schema-version").fine();
            try (Container service = Container.run(Docker.IMAGE, List.of("-v", volume.asData()))) {
                assertThat(service.exitCode()).isEqualTo(78);
                assertThat(service.lastWords().path("message").asText()).contains("schema-version");
                assertThat(service.errors()).isEmpty();
            }
        }
    }

    /// A database that is none must end in one line as well.
    @Test
    void brokenDatabaseIsRefusedInOneLine() {
        try (Volume volume = Volume.fresh()) {
            try (Container service = Container.serving("-v", volume.asData())) {
                Result _ = service.stop();
            }
            volume.root("head -c 9000 /dev/urandom >/volume/ktrdr.db").fine();
            try (Container service = Container.run(Docker.IMAGE, List.of("-v", volume.asData()))) {
                assertThat(service.exitCode()).isNotIn(0, 143);
                JsonNode last = service.events().getLast();
                assertThat(last.path("log.level").asText()).isEqualTo("ERROR");
                assertThat(last.path("message").asText()).contains("ktrdr.db");
                assertThat(service.errors()).isEmpty();
            }
        }
    }

    /// Rubric 14 in practice: nothing piles up behind plain `docker run`.
    @Test
    void plainRunLeavesNoVolumeBehind() {
        try (Container service = Container.serve()) {
            assertThat(Docker.inspect(service.name()).path("Mounts").isEmpty()).isTrue();
        }
    }
}
