package dev.ktrdr.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

    @TempDir private Path folder = Path.of("");
    private final List<Problem> problems = new ArrayList<>();

    private Map<String, SettingsFile.Entry> read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("application.yaml"), yaml);
        return SettingsFile.read(file, problems);
    }

    private String place(int line) {
        return folder.resolve("application.yaml") + ":" + line;
    }

    @Test
    void missingFileHasNoEntriesAndNoProblem() {
        assertThat(SettingsFile.read(folder.resolve("none.yaml"), problems)).isEmpty();
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but a comment\n", "---\n", "{}\n"})
    void emptyFileIsFine(String yaml) throws IOException {
        assertThat(read(yaml)).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void levelsBecomeDotsAndEachKeyKnowsItsLine() throws IOException {
        assertThat(read("log:\n  level: INFO\n\nhttp: {port: 1, bind: a}\n"))
                .containsExactly(
                        Map.entry("log.level", new SettingsFile.Entry("INFO", 2)),
                        Map.entry("http.port", new SettingsFile.Entry("1", 4)),
                        Map.entry("http.bind", new SettingsFile.Entry("a", 4)));
    }

    /// YAML would make a number, a flag or a date of these; the setting decides what they are.
    @Test
    void valuesStayTheTextThatWasWritten() throws IOException {
        assertThat(read("a: 010\nb: yes\nc: 2020-01-01\nd: '1'\n"))
                .extractingFromEntries(entry -> entry.getValue().text())
                .containsExactly("010", "yes", "2020-01-01", "1");
    }

    @Test
    void keySetTwiceIsRefusedWithTheSecondLine() throws IOException {
        assertThat(read("http:\n  port: 1\n  port: 2\n"))
                .containsEntry("http.port", new SettingsFile.Entry("1", 2));
        assertThat(problems).containsExactly(new Problem(place(3), "http.port is set twice"));
    }

    @Test
    void keySetTwiceInDifferentFormsIsRefusedToo() throws IOException {
        read("http:\n  port: 1\nhttp.port: 2\nhttp: {port: 3}\n");
        assertThat(problems).extracting(Problem::place).containsExactly(place(3), place(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log:\n\tlevel: INFO\n",
                "log:\n  level: [INFO\n",
                "log:\n  level: \"INFO\nx: 1\n",
                "log: @INFO\n",
                "log: *nowhere\n",
                "a: 1\n---\nb: 2\n"
            })
    void brokenYamlIsReportedWithALineInTheFile(String yaml) throws IOException {
        read(yaml);
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().place()).matches(".*application\\.yaml:[1-4]");
        assertThat(problems.getFirst().message()).startsWith("not YAML: ");
    }

    @Test
    void tabIsReportedWithItsOwnLine() throws IOException {
        read("a: 1\nlog:\n\tlevel: INFO\n");
        assertThat(problems).extracting(Problem::place).containsExactly(place(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"just text\n", "- a\n- b\n", "42\n"})
    void fileThatIsNoMappingIsRefused(String yaml) throws IOException {
        read(yaml);
        assertThat(problems)
                .containsExactly(
                        new Problem(place(1), "must be a mapping such as `log: {level: INFO}`"));
    }

    @Test
    void keyThatIsNoWordIsRefused() throws IOException {
        read("a: 1\n? [b, c]\n: 2\n");
        assertThat(problems).containsExactly(new Problem(place(2), "a key must be a word"));
    }

    /// The reader must not follow a value into itself for ever.
    @Test
    void valueThatContainsItselfIsRefused() throws IOException {
        read("log: &self\n  again: *self\n");
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().place()).startsWith(place(1).replaceFirst("1$", ""));
    }

    /// Each line multiplies the one before by ten; the reader gives up early.
    @Test
    void hugeExpansionIsRefused() throws IOException {
        StringBuilder yaml = new StringBuilder("a0: &a0 {x: 1}\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" {");
            for (int j = 0; j < 10; j++) {
                yaml.append("k").append(j).append(": *a").append(i - 1).append(", ");
            }
            yaml.append("z: 1}\n");
        }
        read(yaml.toString());
        assertThat(problems).isNotEmpty();
        assertThat(problems.getFirst().message()).startsWith("not YAML: ");
    }

    @Test
    void folderInPlaceOfTheFileIsAProblem() throws IOException {
        Path file = Files.createDirectory(folder.resolve("application.yaml"));
        assertThat(SettingsFile.read(file, problems)).isEmpty();
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().message()).startsWith("cannot be read");
    }

    @Test
    void bytesThatAreNoTextAreAProblem() throws IOException {
        Path file = Files.write(folder.resolve("application.yaml"), new byte[] {(byte) 0xff, 58});
        assertThat(SettingsFile.read(file, problems)).isEmpty();
        assertThat(problems).hasSize(1);
    }
}
