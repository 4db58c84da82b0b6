package dev.ktrdr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {

    @TempDir private Path temporary = Path.of("");

    private Path data() {
        return temporary.resolve("data");
    }

    private DataFolder open() throws UnusableFolderException {
        return DataFolder.open(data(), "1.0.5.5");
    }

    private void schema(String text) throws IOException {
        Files.writeString(Files.createDirectories(data()).resolve("schema-version"), text);
    }

    /// Another process that has the folder open until its input ends.
    static final class Holder {
        private Holder() {}

        public static void main(String... arguments) throws Exception {
            DataFolder folder = DataFolder.open(Path.of(arguments[0]), "1.0.5.5");
            System.out.println("open");
            int ended = System.in.read();
            System.exit(ended + folder.hashCode() == 0 ? 1 : 0);
        }
    }

    private Process holder() throws IOException {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xshare:auto",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                data().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        assertThat(new BufferedReader(in).readLine()).isEqualTo("open");
        return process;
    }

    @Test
    void newFolderIsMadeWithItsSchema() throws Exception {
        try (DataFolder folder = open()) {
            assertThat(data().resolve("schema-version"))
                    .hasContent("schema 1, written by KTRDR 1.0.5.5");
            assertThat(folder.bars()).isDirectory();
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.secrets())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void monthsOfAnEarlierVersionMoveToTheirNewFolder() throws Exception {
        open().close();
        Path former = Files.createDirectories(data().resolve("bars/timeframe=1M/symbol=A"));
        Files.writeString(former.resolve("bars.parquet"), "x");
        open().close();
        assertThat(data().resolve("bars/timeframe=1mo/symbol=A/bars.parquet")).hasContent("x");
        assertThat(former).doesNotExist();
    }

    @Test
    void folderCanBeOpenedAgainOnceItIsClosed() throws Exception {
        open().close();
        Files.writeString(data().resolve("kept"), "x");
        open().close();
        assertThat(data().resolve("kept")).exists();
    }

    @Test
    void versionThatWroteTheFolderFirstStaysNamed() throws Exception {
        schema("schema 1, written by KTRDR 0.9\n");
        open().close();
        assertThat(data().resolve("schema-version")).hasContent("schema 1, written by KTRDR 0.9");
    }

    @Test
    void secondOpenIsRefused() throws Exception {
        try (DataFolder folder = open()) {
            assertThat(folder.path()).isEqualTo(data());
            assertThatThrownBy(this::open)
                    .isInstanceOf(UnusableFolderException.class)
                    .hasMessage(
                            data() + " is in use by another KTRDR; stop that one or use another");
        }
        open().close();
    }

    @Test
    void folderOfAnotherProcessIsRefusedUntilThatOneIsKilled() throws Exception {
        Process holder = holder();
        try {
            assertThatThrownBy(this::open).hasMessageContaining("is in use by another KTRDR");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        open().close();
    }

    @Test
    void newerSchemaIsRefusedNamingBothVersions() throws Exception {
        schema("schema 2, written by KTRDR 2.0\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableFolderException.class)
                .hasMessage(
                        data()
                                + " was written by KTRDR 2.0 (schema 2); this is KTRDR 1.0.5.5"
                                + " (schema 1): use 2.0 or newer, or restore a backup");
    }

    @Test
    void refusedFolderIsNotChangedAndNotLocked() throws Exception {
        schema("schema 2, written by KTRDR 2.0\n");
        assertThatThrownBy(this::open).isInstanceOf(UnusableFolderException.class);
        assertThat(data().resolve("schema-version")).hasContent("schema 2, written by KTRDR 2.0");
        assertThat(data().resolve("bars")).doesNotExist();
        schema("schema 1, written by KTRDR 1.0\n");
        open().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "1", "schema x, written by KTRDR 1", "schema 99999999999, w"})
    void damagedSchemaIsRefusedWithItsPlace(String text) throws Exception {
        schema(text);
        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("schema-version is damaged")
                .hasMessageContaining("must read like 'schema 1, written by KTRDR 1.0.5.5'");
        schema("schema 1, written by KTRDR 1.0\n");
        open().close();
    }

    @Test
    void leftoversOfAWriteThatWasCutOffAreRemoved() throws Exception {
        open().close();
        Path series = Files.createDirectories(data().resolve("bars/timeframe=1d/symbol=SPX"));
        Path part = Files.writeString(series.resolve("bars.parquet.part"), "half");
        Path whole = Files.writeString(series.resolve("bars.parquet"), "whole");
        open().close();
        assertThat(part).doesNotExist();
        assertThat(whole).hasContent("whole");
    }

    @Test
    void fileInPlaceOfTheFolderIsExplained() throws Exception {
        Files.writeString(data(), "a file");
        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableFolderException.class)
                .hasMessage(data() + " is a file, a folder is due; mount a folder there");
    }

    @Test
    void folderThatCannotBeMadeIsExplainedWithTheRemedy() throws Exception {
        Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> DataFolder.open(temporary.resolve("file/data"), "1.0.5.5"))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("is not writable by uid")
                .hasMessageContaining("owner ");
    }

    /// Where even root may not write; the same text appears for a foreign owner.
    @Test
    void foreignFolderIsExplainedWithTheRemedy() {
        assertThat(WritableFolder.problem(Path.of("/proc/ktrdr")))
                .hasValueSatisfying(
                        text ->
                                assertThat(text)
                                        .startsWith("/proc/ktrdr is not writable by uid ")
                                        .contains("(owner 0:0)")
                                        .contains("chown -R "));
    }

    @Test
    void probeOfTheFolderLeavesNothingBehind() throws Exception {
        assertThat(WritableFolder.problem(temporary)).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }
}
