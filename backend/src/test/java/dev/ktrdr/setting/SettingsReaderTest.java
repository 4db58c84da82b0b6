package dev.ktrdr.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    @TempDir private Path folder = Path.of("");

    /// {@return an environment of `pairs`: name, value, name, value}
    private Map<String, String> environment(String... pairs) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", "/usr/bin");
        environment.put("KTRDR_CONFIG_DIR", folder.toString());
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return environment;
    }

    private Settings read(String... pairs) throws InvalidSettingsException {
        return SettingsReader.read(environment(pairs));
    }

    private List<Problem> problems(String... pairs) {
        var refusal = catchThrowableOfType(InvalidSettingsException.class, () -> read(pairs));
        assertThat(refusal).isNotNull();
        return refusal.problems();
    }

    private String message(String... pairs) {
        List<Problem> problems = problems(pairs);
        assertThat(problems).hasSize(1);
        return problems.getFirst().message();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("application.yaml"), yaml);
    }

    private static Value value(Settings settings, Setting setting) {
        return settings.values().stream()
                .filter(value -> value.setting().equals(setting))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingSetMeansEveryDefaultAndItsOrigin() throws InvalidSettingsException {
        Settings settings = SettingsReader.read(Map.of("KTRDR_CONFIG_DIR", folder.toString()));
        assertThat(settings.values()).hasSize(Catalogue.all().size());
        for (Value value : settings.values()) {
            if (!value.setting().equals(Catalogue.CONFIG_DIR)) {
                assertThat(value.text()).isEqualTo(value.setting().fallback());
                assertThat(value.origin()).isEqualTo("default");
            }
        }
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void environmentWinsOverTheFile() throws Exception {
        file("http:\n  port: 9000\n");
        Value port = value(read("KTRDR_PORT", "9001"), Catalogue.PORT);
        assertThat(port.text()).isEqualTo("9001");
        assertThat(port.origin()).isEqualTo("environment");
    }

    @Test
    void fileWinsOverTheDefaultAndIsNamedWithItsLine() throws Exception {
        Path file = file("# ours\nhttp:\n  bind: 0.0.0.0\n  port: 9000\n");
        Value port = value(read(), Catalogue.PORT);
        assertThat(port.text()).isEqualTo("9000");
        assertThat(port.origin()).isEqualTo("file " + file + ":4");
    }

    @Test
    void emptyVariableCountsAsNotSet() throws Exception {
        file("http.port: 9000\n");
        assertThat(read("KTRDR_PORT", "").whole(Catalogue.PORT)).isEqualTo(9000);
    }

    @Test
    void valuesAreKeptInTheFormOfTheCatalogue() throws InvalidSettingsException {
        Settings settings =
                read(
                        "LOG_LEVEL",
                        "debug",
                        "ENVIRONMENT",
                        "Production",
                        "KTRDR_LOG_TO_FILE",
                        "FALSE",
                        "KTRDR_PORT",
                        " 0800 ");
        assertThat(settings.text(Catalogue.LOG_LEVEL)).isEqualTo("DEBUG");
        assertThat(settings.production()).isTrue();
        assertThat(settings.flag(Catalogue.LOG_TO_FILE)).isFalse();
        assertThat(settings.text(Catalogue.PORT)).isEqualTo("800");
    }

    @Test
    void listIsSplitAtCommasWithoutBlanksAndEmptyParts() throws InvalidSettingsException {
        Settings settings = read("KTRDR_CORS_ORIGINS", " http://a , ,http://b,");
        assertThat(settings.list(Catalogue.CORS_ORIGINS)).containsExactly("http://a", "http://b");
        assertThat(read().list(Catalogue.CORS_ORIGINS)).isEmpty();
    }

    @Test
    void listOfTheFileIsAListToo() throws Exception {
        file("http:\n  cors-origins:\n    - http://a\n    - http://b\n");
        assertThat(read().list(Catalogue.CORS_ORIGINS)).containsExactly("http://a", "http://b");
    }

    @Test
    void everyProblemIsReportedAtOnce() throws IOException {
        Path file = file("log:\n  levle: INFO\nhttp:\n  port: many\n");
        assertThat(problems("ENVIRONMENT", "prod", "KTRDR_PROT", "1", "KTRDR_BODY_LIMIT_MB", "0"))
                .extracting(Problem::place)
                .containsExactlyInAnyOrder(
                        "ENVIRONMENT",
                        "KTRDR_PROT",
                        "KTRDR_BODY_LIMIT_MB",
                        file + ":2",
                        file + ":4");
    }

    @Test
    void messageOfTheExceptionNamesEveryProblem() {
        var refusal =
                catchThrowableOfType(
                        InvalidSettingsException.class,
                        () -> read("ENVIRONMENT", "prod", "KTRDR_PORT", "-1"));
        assertThat(refusal)
                .hasMessage(
                        "ENVIRONMENT: environment is 'prod', which is not allowed; allowed:"
                                + " development, production; KTRDR_PORT: http.port is '-1', which"
                                + " is not allowed; allowed: a whole number from 0 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "8000.0", "0x10", "99999999999", "٣", "eight", "8 0"})
    void portOutsideItsRangeIsRefused(String port) {
        assertThat(message("KTRDR_PORT", port)).contains("a whole number from 0 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.com", "http://127.0.0.1:9000/api/v3/klines"})
    void addressOfAServerIsTaken(String address) throws InvalidSettingsException {
        assertThat(read("KTRDR_KLINES_URL", address).text(Catalogue.KLINES_URL)).isEqualTo(address);
    }

    /// What is set here is shown, so that a password must not stand in it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.example.com",
                "ftp://example.com",
                "https://",
                "https:/example.com",
                "https://example.com/?key=1",
                "https://me:secret@example.com",
                "https://example.com/a b"
            })
    void addressThatIsNoneOrHoldsMoreIsRefused(String address) {
        assertThat(message("KTRDR_KLINES_URL", address)).contains("http://HOST or https://HOST");
    }

    @ParameterizedTest
    @CsvSource({
        "KTRDR_PROT,KTRDR_PORT",
        "KTRDR_LOGDIR,KTRDR_LOG_DIR",
        "KTRDR_LOG_FORMAT,LOG_FORMAT",
        "KTRDR_ENVIRONMENT,ENVIRONMENT",
        "KTRDR_API_TOKEN_FILES,KTRDR_API_TOKEN",
        "KTRDR_CORS_ORIGIN,KTRDR_CORS_ORIGINS"
    })
    void unknownVariableNamesTheNearestKnownOne(String wrong, String right) {
        assertThat(message(wrong, "x")).isEqualTo("unknown variable; did you mean " + right + "?");
    }

    @Test
    void unknownVariableNearToNothingListsWhatThereIs() {
        assertThat(message("KTRDR_XYZZY_FROBNICATION", "x"))
                .startsWith("unknown variable; known: ENVIRONMENT, LOG_LEVEL, ");
    }

    @Test
    void unknownKeyNamesTheNearestKnownOne() throws IOException {
        file("log:\n  levle: INFO\n");
        assertThat(message()).isEqualTo("unknown key log.levle; did you mean log.level?");
    }

    @Test
    void variablesOfOtherToolsAreLeftAlone() throws InvalidSettingsException {
        assertThat(read("KTRDR_URL", "http://x", "KTRDR_UID", "7", "HOME", "/root")).isNotNull();
    }

    @Test
    void onlyASecretMayComeFromAFile() {
        assertThat(message("KTRDR_PORT_FILE", "/run/port")).startsWith("unknown variable");
    }

    @Test
    void unknownLevelIsOneWarningAndInfo() throws InvalidSettingsException {
        Settings settings = read("LOG_LEVEL", "verbose");
        assertThat(settings.text(Catalogue.LOG_LEVEL)).isEqualTo("INFO");
        assertThat(settings.warnings())
                .containsExactly(
                        "log.level is 'verbose', which is not allowed; allowed: DEBUG, INFO,"
                                + " WARNING, ERROR; INFO is used");
    }

    @Test
    void folderOfTheConfigurationCannotBeSetInsideIt() throws IOException {
        file("folder:\n  config: elsewhere\n");
        assertThat(problems())
                .extracting(Problem::message)
                .containsExactly("folder.config can only be set by KTRDR_CONFIG_DIR");
    }

    @Test
    void settingThatIsNotInTheCatalogueHasNoValue() throws InvalidSettingsException {
        Setting stray = Setting.of("X", "x", new Kind.Text(), "", "");
        Settings settings = read();
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> settings.text(stray)))
                .hasMessage("not in the catalogue: X");
    }
}
