package dev.ktrdr.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.HandClock;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.Merge;
import dev.ktrdr.store.Provenance;
import dev.ktrdr.store.SeriesName;
import dev.ktrdr.store.Staging;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.Trees;
import dev.ktrdr.store.WritableFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backup and restore together: what comes out goes in again.
class BackupTest {

    private static final SeriesName SPX = SeriesName.of("SPX", "1d");
    private static final SeriesName BTC = SeriesName.of("BTC/USDT", "1h");
    private static final long DAY = 86_400_000_000L;
    private static final long ALWAYS = Long.MAX_VALUE / 2;

    @TempDir private Path temporary = Path.of("");
    private final HandClock clock = HandClock.anywhere();

    /// What a test does with an open data folder.
    private interface Use {
        void of(DataFolder folder, BarLake lake, StateDatabase database) throws Exception;
    }

    private void withFolder(String name, Use use) throws Exception {
        try (DataFolder folder = DataFolder.open(temporary.resolve(name), "1.0.5.5");
                BarLake lake = lake(folder)) {
            use.of(folder, lake, StateDatabase.open(folder.database()));
        }
    }

    private static BarLake lake(DataFolder folder) {
        return new BarLake(folder, StateDatabase.open(folder.database()), _ -> false, 1_000_000);
    }

    /// Imports one bar of `name`.
    private static void merge(BarLake lake, SeriesName name, long day) {
        try (Staging staging = lake.stage(name, Staging.Refusals.IGNORED)) {
            staging.add(1, day * DAY, 1, 1, 1, 1, 1);
            staging.commit(Merge.KEEP, new Provenance("a.csv", "ab12", "{}", 0, 0));
        }
    }

    private byte[] backup(DataFolder folder, StateDatabase database) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Backup(folder, database, "1.0.5.5", clock).write(out);
        return out.toByteArray();
    }

    private byte[] filled(String name) throws Exception {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        withFolder(
                name,
                (folder, lake, database) -> {
                    merge(lake, SPX, 1);
                    merge(lake, BTC, 2);
                    Files.writeString(folder.secrets().resolve("api-token"), "secret of " + name);
                    archive.writeBytes(backup(folder, database));
                });
        return archive.toByteArray();
    }

    /// {@return the hash of every file that is data, by its path}
    private Map<String, String> data(String name) throws IOException {
        Path root = temporary.resolve(name);
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString();
                if (!path.matches("\\..*|ktrdr\\.lock|ktrdr\\.db-.*")) {
                    hashes.put(path, Trees.sha256(file));
                }
            }
        }
        return hashes;
    }

    private Restore.Outcome restore(String name, byte[] archive) throws IOException {
        Path data = Files.createDirectories(temporary.resolve(name));
        return new Restore(data, "1.0.5.5", clock).read(new ByteArrayInputStream(archive));
    }

    @Test
    void archiveBeginsWithAManifestOfItsFiles() throws Exception {
        Map<String, byte[]> entries = Archive.entries(filled("data"));
        assertThat(entries.keySet())
                .containsExactly(
                        "manifest.json",
                        "bars/timeframe=1d/symbol=SPX/bars.parquet",
                        "bars/timeframe=1h/symbol=BTC%2FUSDT/1970-01.parquet",
                        "ktrdr.db",
                        "schema-version");
        Manifest manifest = Manifest.read(entries.getOrDefault("manifest.json", new byte[0]));
        assertThat(manifest.format()).isEqualTo(1);
        assertThat(manifest.version()).isEqualTo("1.0.5.5");
        assertThat(manifest.schema()).isEqualTo(DataFolder.SCHEMA);
        assertThat(manifest.createdAt()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(manifest.files().keySet())
                .containsExactlyElementsOf(entries.keySet().stream().skip(1).toList());
    }

    @Test
    void secretsAndLeftoversStayOut() throws Exception {
        withFolder(
                "data",
                (folder, _, database) -> {
                    Files.writeString(folder.secrets().resolve("api-token"), "topsecret");
                    Files.writeString(folder.bars().resolve("x.part"), "half");
                    Files.writeString(folder.path().resolve(".write-test-1"), "probe");
                    Files.createDirectories(folder.path().resolve(".before-restore-1/bars"));
                    Files.writeString(folder.path().resolve(".before-restore-1/bars/x"), "old");
                    assertThat(Archive.entries(backup(folder, database)).keySet())
                            .containsExactly("manifest.json", "ktrdr.db", "schema-version");
                });
    }

    @Test
    void snapshotIsRemoved() throws Exception {
        filled("data");
        try (Stream<Path> files = Files.list(temporary.resolve("data"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".snapshot"));
        }
    }

    @Test
    void whatIsRestoredHasEqualBytes() throws Exception {
        byte[] archive = filled("data");
        Restore.Outcome outcome = restore("empty", archive);
        assertThat(data("empty")).isEqualTo(outcome.manifest().files());
        withFolder(
                "empty",
                (folder, lake, database) -> {
                    assertThat(lake.names()).containsExactlyInAnyOrder(SPX, BTC);
                    assertThat(lake.read(SPX, -ALWAYS, ALWAYS).time(0)).isEqualTo(DAY);
                    database.ping();
                    assertThat(imports(folder)).isEqualTo(2);
                });
    }

    private static int imports(DataFolder folder) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.database());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM import")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void backupOfWhatWasRestoredIsTheSameBackup() throws Exception {
        byte[] archive = filled("data");
        restore("again", archive);
        withFolder(
                "again",
                (folder, _, database) -> {
                    Map<String, byte[]> before = Archive.entries(archive);
                    Map<String, byte[]> after = Archive.entries(backup(folder, database));
                    assertThat(after.keySet()).isEqualTo(before.keySet());
                    before.forEach(
                            (name, bytes) -> {
                                if (name.endsWith(".parquet")) {
                                    assertThat(after.get(name)).as(name).isEqualTo(bytes);
                                }
                            });
                });
    }

    @Test
    void whatWasThereBeforeIsKeptAndItsSecretStays() throws Exception {
        byte[] archive = filled("data");
        withFolder("other", (_, lake, _) -> merge(lake, SeriesName.of("OLD", "1d"), 9));
        Path token = temporary.resolve("other/secrets/api-token");
        Files.writeString(token, "its own");
        Map<String, String> before = data("other");
        before.remove("secrets/api-token");
        Restore.Outcome outcome = restore("other", archive);
        assertThat(token).hasContent("its own");
        assertThat(temporary.resolve("other/bars/timeframe=1d/symbol=OLD")).doesNotExist();
        assertThat(outcome.before().getFileName()).hasToString(".before-restore-20260102T030405Z");
        assertThat(data(temporary.relativize(outcome.before()).toString())).isEqualTo(before);
    }

    @Test
    void secondRestoreKeepsWhatTheFirstKept() throws Exception {
        byte[] archive = filled("data");
        Path first = restore("other", archive).before();
        clock.advance(Duration.ofSeconds(1));
        Path second = restore("other", archive).before();
        assertThat(first).isDirectory();
        assertThat(second).isDirectory().isNotEqualTo(first);
    }

    @Tag("slow")
    @Test
    void backupWhileImportsRunIsConsistent() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        withFolder(
                "data",
                (folder, lake, database) -> {
                    Thread importer =
                            Thread.ofVirtual()
                                    .start(
                                            () -> {
                                                for (int day = 0; !stop.get(); day++) {
                                                    merge(lake, SPX, day);
                                                }
                                            });
                    try {
                        for (int i = 0; i < 10; i++) {
                            restore("copy" + i, backup(folder, database));
                        }
                    } finally {
                        stop.set(true);
                        importer.join();
                    }
                });
        int barsBefore = 0;
        for (int i = 0; i < 10; i++) {
            int[] bars = new int[1];
            withFolder(
                    "copy" + i,
                    (folder, lake, _) -> {
                        bars[0] =
                                lake.names().isEmpty()
                                        ? 0
                                        : lake.read(SPX, -ALWAYS, ALWAYS).count();
                        assertThat(imports(folder)).isEqualTo(bars[0]);
                    });
            assertThat(bars[0]).isGreaterThanOrEqualTo(barsBefore);
            barsBefore = bars[0];
        }
    }

    /// Two operators at once, while health writes its probes into the same folder.
    @Tag("slow")
    @Test
    void backupsDoNotStumbleOverEachOtherOrOverProbes() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        withFolder(
                "data",
                (folder, lake, database) -> {
                    merge(lake, SPX, 1);
                    List<Throwable> failures = new CopyOnWriteArrayList<>();
                    Thread probes =
                            Thread.ofPlatform()
                                    .start(
                                            () -> {
                                                while (!stop.get()) {
                                                    WritableFolder.problem(folder.path());
                                                }
                                            });
                    Runnable backups =
                            () -> {
                                for (int i = 0; i < 15; i++) {
                                    try {
                                        backup(folder, database);
                                    } catch (IOException | RuntimeException e) {
                                        failures.add(e);
                                    }
                                }
                            };
                    Thread first = Thread.ofPlatform().start(backups);
                    backups.run();
                    first.join();
                    stop.set(true);
                    probes.join();
                    assertThat(failures).isEmpty();
                });
    }

    @Test
    void importsGoOnWhileASlowReaderTakesTheArchive() throws Exception {
        withFolder(
                "data",
                (folder, lake, database) -> {
                    merge(lake, SPX, 1);
                    OutputStream slow =
                            new ByteArrayOutputStream() {
                                @Override
                                public synchronized void write(byte[] b, int from, int length) {
                                    // The reader waits for an import; it must not wait for us.
                                    if (lake.read(SPX, -ALWAYS, ALWAYS).count() == 1) {
                                        merge(lake, SPX, 2);
                                    }
                                    super.write(b, from, length);
                                }
                            };
                    new Backup(folder, database, "1.0.5.5", clock).write(slow);
                    assertThat(lake.read(SPX, -ALWAYS, ALWAYS).count()).isEqualTo(2);
                });
    }

    @Test
    void readerThatGoesAwayLeavesNoSnapshot() throws Exception {
        withFolder(
                "data",
                (folder, _, database) -> {
                    OutputStream closed =
                            new OutputStream() {
                                @Override
                                public void write(int b) throws IOException {
                                    throw new IOException("gone");
                                }
                            };
                    assertThatThrownBy(() -> new Backup(folder, database, "1", clock).write(closed))
                            .hasMessage("gone");
                    try (Stream<Path> files = Files.list(folder.path())) {
                        assertThat(files.map(f -> f.getFileName().toString()))
                                .noneMatch(name -> name.startsWith(".snapshot"));
                    }
                });
    }
}
