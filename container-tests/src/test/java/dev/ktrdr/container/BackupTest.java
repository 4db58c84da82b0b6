package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ktrdr.container.Command.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rubric 39. Backup, loss, and restore.
@WithEngine
class BackupTest {

    /// Everything that is data: the lock is made anew, and what a restore has set aside is not.
    private static final String TREE =
            "cd /volume && find . -type f ! -name ktrdr.lock ! -path './.*' ! -name 'ktrdr.db*'"
                    + " -exec sha256sum {} + | sort -k 2";

    private static void fill(Volume volume) {
        try (Container service = Container.serving("-v", volume.asData())) {
            for (String symbol : List.of("SPX", "BTC/USDT", "^GSPC")) {
                Http.Reply reply = service.http().importCsv(symbol, Csv.days(500, 1));
                assertThat(reply.status()).isEqualTo(200);
            }
            Result _ = service.stop();
        }
    }

    private static Path backup(Volume volume, Path folder) {
        Path archive = folder.resolve("backup.zip");
        Docker.command("run", "--rm", "--network", "none", "--label", Docker.LABEL)
                .with("-v", volume.asData(), Docker.IMAGE, "backup")
                .runInto(archive)
                .fine();
        return archive;
    }

    private static Result restore(Volume volume, Path archive) {
        return Docker.command("run", "--rm", "-i", "--network", "none", "--label", Docker.LABEL)
                .with("-v", volume.asData(), Docker.IMAGE, "restore")
                .withInput(archive)
                .run();
    }

    @Test
    void whatWasBackedUpComesBackByteForByte(@TempDir Path folder) {
        try (Volume before = Volume.fresh();
                Volume after = Volume.fresh()) {
            fill(before);
            Result restored = restore(after, backup(before, folder)).fine();
            assertThat(restored.err()).contains("restored", Project.version());
            assertThat(after.root(TREE).fine().lines())
                    .hasSizeGreaterThan(3)
                    .isEqualTo(before.root(TREE).fine().lines());
            String owners = "find /volume ! -user 1000 -o ! -group 1000";
            assertThat(after.root(owners).fine().text()).isEmpty();
            try (Container service = Container.serving("-v", after.asData())) {
                assertThat(service.http().bars("BTC/USDT").data().path("dates")).hasSize(500);
                assertThat(service.http().get("/api/health").text()).contains("\"ok\"");
            }
        }
    }

    /// The first entry says what the archive is, and no secret is in it.
    @Test
    void archiveBeginsWithItsManifestAndHoldsNoSecret(@TempDir Path folder) throws IOException {
        try (Volume volume = Volume.fresh()) {
            try (Container service =
                    Container.serving("-e", "ENVIRONMENT=production", "-v", volume.asData())) {
                assertThat(service.exec("ls", "data/secrets").fine().text()).isNotBlank();
                Result _ = service.stop();
            }
            try (ZipFile zip = new ZipFile(backup(volume, folder).toFile())) {
                List<String> names = zip.stream().map(ZipEntry::getName).toList();
                assertThat(names.getFirst()).isEqualTo("manifest.json");
                assertThat(names).contains("schema-version", "ktrdr.db");
                assertThat(names).noneMatch(name -> name.contains("secret"));
                assertThat(names).doesNotContain("ktrdr.lock");
            }
        }
    }

    /// While imports go on, the archive is a state that the service has had.
    @Test
    void backupOfARunningServiceIsConsistent(@TempDir Path folder) throws Exception {
        try (Volume after = Volume.fresh();
                Container service = Container.serving()) {
            Http http = service.http();
            Thread writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int i = 0; i < 60; i++) {
                                            http.importCsv("S" + i, Csv.days(300, i));
                                        }
                                    });
            Await.until(
                    "some series are there",
                    Duration.ofSeconds(30),
                    () -> http.get("/api/v1/symbols").data().size() > 3);
            Path archive = folder.resolve("running.zip");
            try (HttpClient client = HttpClient.newHttpClient()) {
                URI uri = URI.create("http://127.0.0.1:" + http.port() + "/api/v1/backups");
                HttpRequest post =
                        HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
                var response = client.send(post, BodyHandlers.ofFile(archive));
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
                        .matches(".*ktrdr-backup-[0-9]{8}T[0-9]{6}Z[.]zip.*");
            }
            writer.join();
            Result _ = restore(after, archive).fine();
            try (Container copy = Container.serving("-v", after.asData())) {
                var symbols = copy.http().get("/api/v1/symbols").data().findValuesAsText("symbol");
                assertThat(symbols).hasSizeGreaterThan(3);
                for (String symbol : symbols) {
                    assertThat(copy.http().bars(symbol).data().path("dates")).hasSize(300);
                }
            }
        }
    }

    /// {@return a file that the first bytes of `archive` are in}
    private static Path cut(Path archive) throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        Path part = archive.resolveSibling("cut.zip");
        return Files.write(part, Arrays.copyOf(bytes, bytes.length * 2 / 3));
    }

    private static Path zip(Path file, String manifest, String name) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            zip.write(manifest.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(name));
            zip.write('x');
        }
        return file;
    }

    @Test
    void archiveThatIsNotWholeChangesNothing(@TempDir Path folder) throws IOException {
        String manifest =
                "{\"format\":1,\"version\":\"9.8.7\",\"schema\":%d,"
                        + "\"created_at\":\"x\",\"files\":{}}";
        try (Volume volume = Volume.fresh()) {
            fill(volume);
            List<String> before = volume.root(TREE).lines();
            Path archive = backup(volume, folder);
            Path text = Files.writeString(folder.resolve("text"), "no archive");
            Path outside = zip(folder.resolve("a.zip"), manifest.formatted(1), "../evil");
            Path newer = zip(folder.resolve("b.zip"), manifest.formatted(2), "x");
            Path unlisted = zip(folder.resolve("c.zip"), manifest.formatted(1), "x");
            for (Path bad : List.of(cut(archive), text, outside, newer, unlisted)) {
                Result refused = restore(volume, bad);
                assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
                assertThat(refused.err()).contains("restore:").doesNotContain("\tat ");
                assertThat(volume.root(TREE).lines()).isEqualTo(before);
                String strays = "find /volume -name evil -o -name '.restore-*'";
                assertThat(volume.root(strays).text()).isEmpty();
            }
            // Rubric 39, last part: both versions are named.
            assertThat(restore(volume, newer).err()).contains("9.8.7", Project.version());
        }
    }

    @Test
    void neitherVerbWorksBesideARunningService(@TempDir Path folder) throws IOException {
        try (Volume volume = Volume.fresh();
                Container service = Container.serving("-v", volume.asData())) {
            Path out = folder.resolve("out");
            Result backup =
                    Docker.command("run", "--rm", "-v", volume.asData(), Docker.IMAGE, "backup")
                            .runInto(out);
            assertThat(backup.code()).isEqualTo(78);
            assertThat(Files.readString(out)).contains("in use by another KTRDR");
            assertThat(restore(volume, out).code()).isEqualTo(78);
            assertThat(service.http().status("/api/health")).isEqualTo(200);
        }
    }

    private static void needsTheImageThatTheScriptsName() {
        assumeTrue(
                Docker.IMAGE.equals("ktrdr-backend:latest") && !Compose.commands().isEmpty(),
                "the scripts work on the stack of the Compose files");
    }

    /// The scripts that the guide gives to operators, from a running stack to a wiped volume.
    @Test
    void scriptsBringAWipedStackBack(@TempDir Path folder) throws IOException {
        needsTheImageThatTheScriptsName();
        try (Compose compose = Compose.of(Map.of(), "docker-compose.yml")) {
            Container backend = compose.up("");
            backend.http().importCsv("SPX", Csv.days(500, 1));
            Volume data = new Volume(Compose.DATA);
            List<String> before = data.root(TREE).fine().lines();
            Path archive = Path.of(compose.script(folder, "docker/backup.sh").fine().text());
            Path file = folder.resolve(archive).normalize();
            assertThat(file).isRegularFile();
            Result refused = compose.script(folder, "docker/restore.sh", file.toString());
            assertThat(refused.code()).isNotZero();
            assertThat(refused.err()).contains("is running; stop it first");
            Result _ = compose.run("down", "-v");
            assertThat(Docker.exists("volume", Compose.DATA)).isFalse();
            Result _ = compose.script(folder, "docker/restore.sh", file.toString()).fine();
            assertThat(data.root(TREE).fine().lines()).isEqualTo(before);
            assertThat(data.root("find /volume ! -user 1000 -o ! -group 1000").text()).isEmpty();
            Result up = compose.run("up", "-d");
            assertThat(up.out() + up.err()).doesNotContain("already exists", "WARN");
            assertThat(compose.up("").http().bars("SPX").data().path("dates")).hasSize(500);
            // A stopped stack can be backed up too, and old archives go.
            Result _ = compose.run("stop");
            Result _ = compose.script(folder, "docker/backup.sh", "--keep", "1").fine();
            try (Stream<Path> kept = Files.list(file.resolveSibling("."))) {
                assertThat(kept.filter(one -> one.toString().endsWith(".zip"))).hasSize(1);
            }
        }
    }

    @Test
    void backupOfNothingIsRefused(@TempDir Path folder) {
        needsTheImageThatTheScriptsName();
        try (Compose compose = Compose.of(Map.of(), "docker-compose.yml")) {
            Result missing = compose.script(folder, "docker/backup.sh");
            assertThat(missing.code()).isNotZero();
            assertThat(missing.err()).contains("there is no volume ktrdr-data");
            assertThat(Docker.exists("volume", Compose.DATA)).isFalse();
            Result _ = Docker.run("volume", "create", "--label", Docker.LABEL, Compose.DATA);
            Result empty = compose.script(folder, "docker/backup.sh");
            assertThat(empty.code()).isNotZero();
            assertThat(empty.err()).contains("holds no data of KTRDR");
            assertThat(folder.resolve("backups")).doesNotExist();
        }
    }
}
