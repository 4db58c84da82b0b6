package dev.ktrdr.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.HandClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives that are no backup: each is refused, and the folder is as before.
class RestoreTest {

    @TempDir private Path temporary = Path.of("");
    private Map<String, String> before = Map.of();

    private Path data() {
        return temporary.resolve("data");
    }

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(data().resolve("bars"));
        Files.createDirectories(data().resolve("secrets"));
        Files.writeString(data().resolve("bars/old"), "old bars");
        Files.writeString(data().resolve("schema-version"), "schema 1, written by KTRDR 1\n");
        Files.writeString(data().resolve("secrets/api-token"), "secret");
        Files.writeString(temporary.resolve("outside"), "outside");
        before = everything();
    }

    @AfterEach
    void folderIsAsBefore() throws IOException {
        assertThat(everything()).isEqualTo(before);
    }

    /// {@return the content of every file in and around the data folder; folders end with a slash}
    private Map<String, String> everything() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(temporary)) {
            for (Path path : paths.toList()) {
                String name = temporary.relativize(path).toString();
                if (Files.isDirectory(path)) {
                    all.put(name + "/", "");
                } else {
                    all.put(name, Files.readString(path));
                }
            }
        }
        return all;
    }

    private void refused(byte[] archive, String reason) {
        Restore restore = new Restore(data(), "1.0.5.5", HandClock.anywhere());
        assertThatThrownBy(() -> restore.read(new ByteArrayInputStream(archive)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] manifest(int format, int schema, Map<String, byte[]> files)
            throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            hashes.put(file.getKey(), sha256(file.getValue()));
        }
        return new Manifest(format, "9.9", schema, "2026-01-01T00:00:00Z", hashes).json();
    }

    /// {@return an archive whose manifest is right about `files`}
    private static byte[] archive(int format, int schema, Map<String, byte[]> files)
            throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("manifest.json", manifest(format, schema, files));
        entries.putAll(files);
        return Archive.of(entries);
    }

    private static byte[] whole() throws Exception {
        byte[] large = new byte[50_000];
        new Random(4).nextBytes(large);
        return archive(
                1,
                1,
                Map.of(
                        "bars/a", Archive.bytes("new"),
                        "bars/b", large,
                        "schema-version", Archive.bytes("schema 1, written by KTRDR 1\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a zip at all", "PK", "{\"format\": 1}"})
    void whatIsNoArchiveIsRefused(String content) {
        refused(Archive.bytes(content), "not a backup of KTRDR");
    }

    @Test
    void archiveOfSomethingElseIsRefused() throws Exception {
        refused(Archive.of(Map.of("holiday.jpg", new byte[100])), "not a backup of KTRDR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "42", "{\"format\":1", "{\"files\":null}", "\"x\""})
    void manifestThatIsNoneIsRefused(String json) throws Exception {
        refused(Archive.of(Map.of("manifest.json", Archive.bytes(json))), "");
    }

    @Test
    void backupOfANewerVersionIsRefusedNamingBoth() throws Exception {
        refused(
                archive(1, 2, Map.of("schema-version", Archive.bytes("x"))),
                "the backup was written by KTRDR 9.9 (schema 2); this is KTRDR 1.0.5.5 (schema 1)");
    }

    @Test
    void backupInANewerFormIsRefusedNamingItsVersion() throws Exception {
        refused(archive(2, 1, Map.of("schema-version", Archive.bytes("x"))), "KTRDR 9.9");
    }

    @Test
    void manifestWithFieldsOfANewerVersionStillNamesIt() throws Exception {
        String json =
                """
                {"format": 2, "version": "9.9", "schema": 2, "created_at": "x", "files": {},
                 "something_new": true}
                """;
        refused(Archive.of(Map.of("manifest.json", Archive.bytes(json))), "KTRDR 9.9");
    }

    @Test
    void backupWithoutASingleFileIsRefused() throws Exception {
        refused(archive(1, 1, Map.of()), "not a whole backup");
    }

    /// Cut anywhere before its last file ends, an archive is not whole.
    @Test
    void archiveThatWasCutOffIsRefused() throws Exception {
        byte[] whole = whole();
        for (int length = 0; length < 50_000; length += 997) {
            refused(Arrays.copyOf(whole, length), "");
        }
    }

    @Test
    void archiveWithChangedBytesIsRefused() throws Exception {
        byte[] whole = whole();
        Random random = new Random(6);
        for (int i = 0; i < 50; i++) {
            byte[] damaged = whole.clone();
            damaged[1_000 + random.nextInt(40_000)] ^= (byte) (1 + random.nextInt(255));
            refused(damaged, "");
        }
    }

    @Test
    void fileThatTheManifestDoesNotKnowIsRefused() throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>(Archive.entries(whole()));
        entries.put("bars/added", Archive.bytes("x"));
        refused(Archive.of(entries), "its files do not fit its manifest");
    }

    @Test
    void fileThatIsMissingIsRefused() throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>(Archive.entries(whole()));
        entries.remove("bars/a");
        refused(Archive.of(entries), "its files do not fit its manifest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "bars/../../outside",
                "/etc/ktrdr-was-here",
                "..",
                ".",
                "bars/..",
                "../data2/x",
                "bars/\u0000x"
            })
    void pathThatLeavesTheFolderIsRefused(String name) throws Exception {
        refused(archive(1, 1, Map.of(name, Archive.bytes("evil"))), "");
        assertThat(Path.of("/etc/ktrdr-was-here")).doesNotExist();
    }

    @Test
    void entryThatIsAFolderIsRefused() throws Exception {
        refused(archive(1, 1, Map.of("bars/", new byte[0])), "");
    }
}
