package dev.ktrdr.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What is written for the operator agrees with the catalogue, so that it cannot drift.
class ReferencePageTest {

    private static final String PAGE = "docs/reference/configuration.md";

    /// Read by Compose, Java or the launcher and not by the service.
    private static final Set<String> OF_OTHERS = Set.of("COMPOSE_PROJECT_NAME", "JAVA_OPTS_APPEND");

    private static String row(Setting setting) {
        String fallback = setting.fallback().isEmpty() ? "none" : "`" + setting.fallback() + "`";
        return "| `%s` | `%s` | %s | %s | %s |"
                .formatted(
                        setting.name(),
                        setting.key(),
                        fallback,
                        setting.kind().allowed(),
                        setting.description());
    }

    @Test
    void tableHasARowForEachSettingInTheOrderOfTheCatalogue() {
        List<String> rows =
                Project.text(PAGE).lines().filter(line -> line.startsWith("| `")).toList();
        assertThat(rows).isEqualTo(Catalogue.all().stream().map(ReferencePageTest::row).toList());
    }

    @Test
    void everyVariableOfTheExampleExists() {
        Set<String> known = new TreeSet<>(OF_OTHERS);
        known.addAll(Catalogue.OF_OTHER_TOOLS);
        Catalogue.all().forEach(setting -> known.add(setting.name()));
        List<String> named =
                Pattern.compile("(?m)^#?([A-Z_]+)=")
                        .matcher(Project.text(".env.example"))
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .toList();
        assertThat(named).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void shippedFileIsOneThatTheServiceTakes() throws InvalidSettingsException {
        Path config = Project.root().resolve("config");
        assertThat(SettingsReader.read(java.util.Map.of("KTRDR_CONFIG_DIR", config.toString())))
                .isNotNull();
    }

    @Test
    void defaultsAreValuesTheirSettingTakes() {
        for (Setting setting : Catalogue.all()) {
            assertThat(setting.kind().normal(setting.fallback()))
                    .as(setting.name())
                    .contains(setting.fallback());
        }
    }

    @Test
    void noTwoSettingsShareAVariableOrAKey() {
        assertThat(Catalogue.all()).extracting(Setting::name).doesNotHaveDuplicates();
        assertThat(Catalogue.all()).extracting(Setting::key).doesNotHaveDuplicates();
    }
}
