package dev.ktrdr.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwapTest {

    private static final String X = "20260102T030405Z";
    private static final Map<String, String> OLD = content("old");
    private static final Map<String, String> NEW = content("new");

    @TempDir private Path temporary = Path.of("");

    private static Map<String, String> content(String age) {
        return new TreeMap<>(
                Map.of(
                        "bars/a",
                        age,
                        "ktrdr.db",
                        age,
                        "only-" + age,
                        age,
                        "schema-version",
                        "schema 1, written by KTRDR " + age + "\n"));
    }

    private Path data() {
        return temporary.resolve("data");
    }

    @BeforeEach
    void fill() throws IOException {
        write(data(), OLD);
        write(data(), Map.of("secrets/api-token", "its own"));
    }

    private static void write(Path folder, Map<String, String> content) throws IOException {
        for (Map.Entry<String, String> file : content.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.resolve("..").normalize());
            Files.writeString(path, file.getValue());
        }
    }

    /// {@return the content of `folder` that takes part in an exchange}
    private static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path path = folder.relativize(file);
                if (Swap.isData(path.getName(0))) {
                    content.put(path.toString(), Files.readString(file));
                }
            }
        }
        return content;
    }

    private Path staging() throws IOException {
        Path staging = Swap.staging(data(), X);
        write(staging, NEW);
        return staging;
    }

    private static void move(Path from, Path to, List<String> entries) throws IOException {
        for (String entry : entries) {
            Files.move(from.resolve(entry), to.resolve(entry));
        }
    }

    private void secretsAreUntouched() {
        assertThat(data().resolve("secrets/api-token")).hasContent("its own");
    }

    @Test
    void contentIsExchangedAndTheOldOneKept() throws IOException {
        Path before = Swap.exchange(staging());
        assertThat(read(data())).isEqualTo(NEW);
        assertThat(before).isEqualTo(data().resolve(".before-restore-" + X));
        assertThat(read(before)).isEqualTo(OLD);
        secretsAreUntouched();
    }

    @Test
    void nothingHappensWhereNothingWasCutOff() throws IOException {
        Swap.recover(data());
        assertThat(read(data())).isEqualTo(OLD);
    }

    @Test
    void stagingThatWasNeverCommittedChangesNothing() throws IOException {
        staging();
        Swap.recover(data());
        assertThat(read(data())).isEqualTo(OLD);
    }

    @Test
    void olderExchangeIsNotTakenBackLater() throws IOException {
        Swap.exchange(staging());
        Swap.recover(data());
        assertThat(read(data())).isEqualTo(NEW);
    }

    /// The crash comes after so many entries have left.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void crashWhileTheOldContentLeavesGoesBack(int moved) throws IOException {
        staging();
        Path before = Files.createDirectory(data().resolve(".before-restore-" + X));
        List<String> order = List.of("schema-version", "bars", "ktrdr.db", "only-old");
        move(data(), before, order.subList(0, moved));
        Swap.recover(data());
        assertThat(read(data())).isEqualTo(OLD);
        secretsAreUntouched();
    }

    /// The crash comes after so many entries have come in.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void crashWhileTheNewContentComesInGoesOn(int moved) throws IOException {
        Path staging = staging();
        Path before = Files.createDirectory(data().resolve(".before-restore-" + X));
        List<String> old = List.of("schema-version", "bars", "ktrdr.db", "only-old");
        move(data(), before, old);
        Path committed = Files.move(staging, data().resolve(".swap-" + X));
        List<String> order = List.of("bars", "ktrdr.db", "only-new", "schema-version");
        move(committed, data(), order.subList(0, moved));
        Swap.recover(data());
        assertThat(read(data())).isEqualTo(NEW);
        assertThat(committed).doesNotExist();
        assertThat(read(before)).isEqualTo(OLD);
        secretsAreUntouched();
    }

    @Test
    void exchangeThatWasCutOffIsMadeGoodWhenTheFolderIsOpened() throws Exception {
        Path staging = staging();
        Path before = Files.createDirectory(data().resolve(".before-restore-" + X));
        move(data(), before, List.of("schema-version", "bars", "ktrdr.db", "only-old"));
        Files.move(staging, data().resolve(".swap-" + X));
        DataFolder.open(data(), "1.0.5.5").close();
        assertThat(data().resolve("bars/a")).hasContent("new");
    }
}
