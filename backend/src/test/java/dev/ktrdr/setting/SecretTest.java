package dev.ktrdr.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The token: from the environment or from a file, and never shown.
class SecretTest {

    private static final String TOKEN = "KTRDR_API_TOKEN";
    private static final String TOKEN_FILE = "KTRDR_API_TOKEN_FILE";

    @TempDir private Path folder = Path.of("");

    private Settings read(Map<String, String> more) throws InvalidSettingsException {
        Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("KTRDR_CONFIG_DIR", folder.toString());
        return SettingsReader.read(environment);
    }

    private Settings readFile(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), content);
        return read(Map.of(TOKEN_FILE, file.toString()));
    }

    private Problem problem(Map<String, String> environment) {
        var refusal = catchThrowableOfType(InvalidSettingsException.class, () -> read(environment));
        assertThat(refusal).isNotNull();
        List<Problem> problems = refusal.problems();
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "s3cret\n", "s3cret\r\n", " s3cret \n"})
    void fileHoldsTheSecretWithOrWithoutALineBreak(String content) throws Exception {
        assertThat(readFile(content).text(Catalogue.API_TOKEN)).isEqualTo("s3cret");
    }

    @Test
    void fileIsTheOriginAndItsContentIsNotShown() throws Exception {
        Settings settings = readFile("s3cret\n");
        Value token =
                settings.values().stream()
                        .filter(value -> value.setting().equals(Catalogue.API_TOKEN))
                        .findFirst()
                        .orElseThrow();
        assertThat(token.origin()).isEqualTo("file " + folder.resolve("token"));
        assertThat(token.shown()).isEqualTo("********");
        assertThat(token.toString()).isEqualTo("KTRDR_API_TOKEN=********");
    }

    @Test
    void secretThatNobodyGaveIsShownAsEmpty() throws Exception {
        assertThat(read(Map.of()).values())
                .filteredOn(value -> value.setting().secret())
                .extracting(Value::shown)
                .containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \n", "one\ntwo\n"})
    void fileWithoutExactlyOneLineIsRefusedWithoutItsContent(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), content);
        assertThat(problem(Map.of(TOKEN_FILE, file.toString())))
                .isEqualTo(new Problem(TOKEN_FILE, file + " must hold one line with the secret"));
    }

    @Test
    void missingFileIsNamed() {
        Problem problem = problem(Map.of(TOKEN_FILE, folder.resolve("none").toString()));
        assertThat(problem.place()).isEqualTo(TOKEN_FILE);
        assertThat(problem.message()).contains("cannot be read by user").contains("no such file");
    }

    @Test
    void folderInPlaceOfTheFileIsExplained() {
        assertThat(problem(Map.of(TOKEN_FILE, folder.toString())).message())
                .contains("it is a folder")
                .contains("missing on the host");
    }

    @Test
    void fileThatIsNoTextIsNotBlamedOnPermissions() throws IOException {
        Path file = Files.write(folder.resolve("token"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(problem(Map.of(TOKEN_FILE, file.toString())).message())
                .doesNotContain("permission denied");
    }

    @Test
    void variableAndFileTogetherAreRefusedWithoutTheSecret() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "from-file");
        Problem problem = problem(Map.of(TOKEN, "from-variable", TOKEN_FILE, file.toString()));
        assertThat(problem)
                .isEqualTo(
                        new Problem(
                                TOKEN_FILE,
                                "is set together with " + TOKEN + "; keep one of them"));
    }
}
