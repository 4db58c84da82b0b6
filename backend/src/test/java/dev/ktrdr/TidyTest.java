package dev.ktrdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a machine can check about the sources is checked here and not in review.
class TidyTest {

    private static final int COLUMNS_MAX = 100;
    private static final int LINES_MAX = 400;
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
    private static final Pattern TEXT =
            Pattern.compile(
                    ".*\\.(java|sh|md|xml|ya?ml|properties|sql|txt|options|py|html|css|js)"
                            + "|.*Dockerfile|.*/docker/.*|.*/\\.[a-z.]+");

    private static String below(Path file) {
        return Project.root().relativize(file).toString();
    }

    private static boolean isScript(Path file) {
        return below(file).matches("ktrdr|.*\\.sh|docker/bin/.*|docker/[^.]*|benchmarks/.*/run");
    }

    private static boolean isCode(Path file) {
        return file.toString().endsWith(".java") || isScript(file);
    }

    /// {@return `path:line` of each line of the chosen files that has the fault}
    private static List<String> lines(Predicate<Path> chosen, Predicate<String> fault)
            throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : Project.files().stream().filter(chosen).toList()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (fault.test(lines.get(i))) {
                    found.add(below(file) + ":" + (i + 1));
                }
            }
        }
        return found;
    }

    @Test
    void noLineIsLongerThanAHundredColumns() throws IOException {
        assertThat(lines(TidyTest::isCode, line -> line.length() > COLUMNS_MAX)).isEmpty();
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        assertThat(lines(TidyTest::isCode, line -> UNFINISHED.matcher(line).find())).isEmpty();
    }

    @Test
    void noFileIsLongerThanFourHundredLines() throws IOException {
        List<String> long_ = new ArrayList<>();
        for (Path file : Project.files().stream().filter(TidyTest::isCode).toList()) {
            if (Files.readAllLines(file).size() > LINES_MAX) {
                long_.add(below(file));
            }
        }
        assertThat(long_).isEmpty();
    }

    @Test
    void everyPackageTellsItsStory() throws IOException {
        Set<String> silent = new TreeSet<>();
        for (Path file : Project.files()) {
            Path story = file.resolveSibling("package-info.java");
            if (below(file).matches(".*/src/main/java/.*\\.java") && !Files.exists(story)) {
                silent.add(below(story));
            }
        }
        assertThat(silent).isEmpty();
    }

    /// A script that others only source names its shell in a comment instead.
    @Test
    void scriptsCanBeRunAndSayByWhat() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Path file : Project.files().stream().filter(TidyTest::isScript).toList()) {
            String text = Files.readString(file);
            boolean run = text.startsWith("#!/") && Files.isExecutable(file);
            if (!run && !text.startsWith("# shellcheck shell=")) {
                wrong.add(below(file));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void linesEndWithALineFeedAlone() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Path file : Project.files()) {
            if (TEXT.matcher(file.toString()).matches()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (text.contains("\r") || !(text.isEmpty() || text.endsWith("\n"))) {
                    wrong.add(below(file));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void imageCarriesTheVersionOfThePom() {
        String revision = group(Project.text("pom.xml"), "<revision>([^<]+)</revision>");
        String image = group(Project.text("Dockerfile"), "(?m)^ARG VERSION=(\\S+)$");
        assertThat(image).isEqualTo(revision);
    }

    private static String group(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
