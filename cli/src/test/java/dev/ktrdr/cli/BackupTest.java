package dev.ktrdr.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    private static final String ROUTE = "POST /api/v1/backups";
    private static final String NAME = "ktrdr-backup-20260102T030405Z.zip";
    private static final String ZIP_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n";
    private static final byte[] ZIP = zip();

    @TempDir private Path folder = Path.of("");
    private FakeService service = FakeService.start();
    private Shell shell = new Shell(folder);

    /// A zip of a few hundred kilobytes that do not shrink.
    private static byte[] zip() {
        var bytes = new ByteArrayOutputStream();
        byte[] noise = new byte[300_000];
        new Random(7).nextBytes(noise);
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            zip.write("{}".getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("bars/noise"));
            zip.write(noise);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    @BeforeEach
    void open() {
        shell = new Shell(folder).with("KTRDR_URL", service.url());
        service.on(ROUTE, exchange -> send(exchange, "attachment; filename=\"" + NAME + "\""));
    }

    @AfterEach
    void close() {
        service.close();
    }

    private static void send(HttpExchange exchange, String disposition) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/zip");
        exchange.getResponseHeaders().set("Content-Disposition", disposition);
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(ZIP);
    }

    private String[] files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toArray(String[]::new);
        }
    }

    private static String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ZIP));
    }

    @Test
    void backupIsSavedUnderTheNameOfTheServiceForItsOwnerAlone() throws Exception {
        var outcome = shell.run("backup");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isZero();
        Path file = folder.resolve(NAME);
        assertThat(outcome.out())
                .isEqualTo(
                        "path    %s\nbytes   %d\nsha256  %s\n"
                                .formatted(file, ZIP.length, sha256()));
        assertThat(file).hasBinaryContent(ZIP);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(files()).containsExactly(NAME);
    }

    @Test
    void backupAsJsonTellsPathBytesAndDigest() throws Exception {
        var outcome = shell.run("backup", "--out", "b.zip", "--json");
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        {"success":true,"data":{"path":"%s","bytes":%d,"sha256":"%s"},"error":null}
                        """
                                .formatted(folder.resolve("b.zip"), ZIP.length, sha256()));
    }

    @Test
    void backupReplacesAnOlderOneAndSweepsWhatAKilledOneLeft() throws IOException {
        Files.writeString(folder.resolve("b.zip"), "old");
        Files.writeString(folder.resolve("b.zip.part"), "left");
        assertThat(shell.run("backup", "--out", "b.zip").exit()).isZero();
        assertThat(folder.resolve("b.zip")).hasBinaryContent(ZIP);
        assertThat(files()).containsExactly("b.zip");
    }

    @Test
    void backupIsSavedIntoAFolder() throws IOException {
        Files.createDirectory(folder.resolve("backups"));
        assertThat(shell.run("backup", "--out", "backups").exit()).isZero();
        assertThat(folder.resolve("backups").resolve(NAME)).hasBinaryContent(ZIP);
    }

    @Test
    void backupGoesToStandardOutputAndTheReceiptToStandardError() throws Exception {
        var outcome = shell.run("backup", "--out", "-");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.raw()).isEqualTo(new String(ZIP, ISO_8859_1));
        assertThat(outcome.err()).contains("bytes   " + ZIP.length, "sha256  " + sha256());
        assertThat(files()).isEmpty();
    }

    @Test
    void nameThatLeadsElsewhereIsNotTaken() throws IOException {
        service.on(ROUTE, exchange -> send(exchange, "attachment; filename=\"../../evil.zip\""));
        assertThat(shell.run("backup").exit()).isZero();
        assertThat(files()).containsExactly("ktrdr-backup-20260203T040506Z.zip");
    }

    @Test
    void cutBackupLeavesNothingAndKeepsTheOlderOne() throws IOException {
        Files.writeString(folder.resolve("b.zip"), "old");
        String[] heads = {"Content-Length: 500000\r\n", "Transfer-Encoding: chunked\r\n"};
        for (String head : heads) {
            String answer =
                    ZIP_HEAD
                            + head
                            + "\r\n"
                            + (head.startsWith("T") ? "fffff\r\n" : "")
                            + new String(ZIP, ISO_8859_1);
            try (var raw = RawService.thatHangsUpAfter(answer)) {
                var outcome = shell.run("backup", "--out", "b.zip", "--url", raw.url());
                assertThat(outcome.exit()).isEqualTo(3);
                assertThat(outcome.out()).isEmpty();
                assertThat(outcome.err()).contains("the connection to " + raw.url() + " broke");
            }
            assertThat(files()).containsExactly("b.zip");
            assertThat(folder.resolve("b.zip")).hasContent("old");
        }
    }

    /// Without a length the end of the connection is the end of the body; only the zip itself
    /// tells that something is missing.
    @Test
    void backupThatEndsEarlyButInOrderIsNoticed() throws IOException {
        String half = new String(ZIP, 0, ZIP.length / 2, ISO_8859_1);
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n\r\n";
        try (var raw = RawService.thatHangsUpAfter(head + half)) {
            var outcome = shell.run("backup", "--url", raw.url());
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.err()).contains("is not a whole backup: nothing was kept");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void backupThatFallsSilentIsGivenUp() throws IOException {
        String head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 9\r\n\r\n";
        try (var raw = RawService.thatFallsSilentAfter(head + "PK")) {
            var outcome = shell.run("backup", "--url", raw.url(), "--timeout", "1");
            assertThat(outcome.exit()).isEqualTo(3);
            assertThat(outcome.err()).contains("was silent for 1 s");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void errorOfTheServiceLeavesNoFile() throws IOException {
        service.on(ROUTE, 503, FakeService.error("UNAVAILABLE", "stopping"));
        var outcome = shell.run("backup");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("ktrdr: UNAVAILABLE: stopping (request r-1)\n");
        assertThat(files()).isEmpty();
    }

    @Test
    void errorDoesNotMixWithABackupOnStandardOutput() {
        service.on(ROUTE, 503, FakeService.error("UNAVAILABLE", "stopping"));
        var outcome = shell.run("backup", "--out", "-", "--json");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("{\"success\":false").contains("ktrdr: UNAVAILABLE");
    }

    @Test
    void pageThatIsNoZipIsNotSaved() throws IOException {
        service.on(ROUTE, 200, "{\"success\":true,\"data\":{},\"error\":null}");
        var outcome = shell.run("backup");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("does not answer as KTRDR does");
        assertThat(files()).isEmpty();
    }

    @Test
    void folderThatIsMissingIsNoticedBeforeTheServiceIsAsked() {
        var outcome = shell.run("backup", "--out", "missing/b.zip");
        assertThat(outcome.exit()).isEqualTo(5);
        assertThat(outcome.err()).endsWith("missing: there is no such folder\n");
    }

    /// A process of its own, since only the end of one shows what it leaves.
    @Test
    void terminatedBackupLeavesNothing() throws Exception {
        String head = ZIP_HEAD + "Content-Length: 999999\r\n\r\n";
        try (var raw = RawService.thatFallsSilentAfter(head + new String(ZIP, ISO_8859_1))) {
            var command =
                    new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.ktrdr.cli.Main",
                            "backup",
                            "--url",
                            raw.url(),
                            "--out",
                            "b.zip");
            Process process =
                    command.directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            raw.awaitSent();
            Path part = folder.resolve("b.zip.part");
            for (int i = 0; i < 200 && !Files.exists(part); i++) {
                assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
            }
            assertThat(part).exists();
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void progressIsShownOnlyToThoseWhoWatch() {
        service.on(
                ROUTE,
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/zip");
                    exchange.sendResponseHeaders(200, ZIP.length);
                    exchange.getResponseBody().write(ZIP, 0, 100_000);
                    exchange.getResponseBody().flush();
                    pause();
                    exchange.getResponseBody().write(ZIP, 100_000, ZIP.length - 100_000);
                });
        assertThat(shell.run("backup", "--out", "a.zip").err()).isEmpty();
        assertThat(shell.terminal(80).run("backup", "--out", "b.zip").err()).contains(" MB");
    }

    /// Longer than the time between two signs of progress, which is real time by nature.
    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
