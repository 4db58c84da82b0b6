package dev.ktrdr;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares the arrows drawn in ARCHITECTURE.md with the arrows the compiled classes have.
///
/// The JDK's own `jdeps` reports the latter, including types that occur only in signatures. A
/// constant that the compiler inlines leaves no arrow.
class ArchitectureTest {

    private static final Pattern DRAWN = Pattern.compile("^ *(\\w+) +->(.*)$", Pattern.MULTILINE);
    private static final Pattern ARROW =
            Pattern.compile("dev\\.ktrdr\\.(\\w+)\\s+->\\s+dev\\.ktrdr\\.(\\w+)");
    private static final Pattern PACKAGE =
            Pattern.compile("^ +dev\\.ktrdr\\.(\\w+)", Pattern.MULTILINE);

    private static final Path ENGINE = Project.root().resolve("engine/target/classes");
    private static final Path BACKEND = Project.root().resolve("backend/target/classes");

    /// {@return each package that is drawn, with all that can be reached from it}
    private static Map<String, Set<String>> reach(String architecture) {
        Map<String, Set<String>> reach = new HashMap<>();
        DRAWN.matcher(architecture)
                .results()
                .forEach(
                        line -> {
                            Set<String> below = new TreeSet<>();
                            for (String target : line.group(2).strip().split(" +", -1)) {
                                if (!target.isEmpty()) {
                                    String upwards = "drawn upwards: " + line.group().strip();
                                    below.add(target);
                                    below.addAll(requireNonNull(reach.get(target), upwards));
                                }
                            }
                            reach.put(line.group(1), below);
                        });
        return reach;
    }

    /// {@return the arrows in the classes that no path of drawn arrows allows}
    private static Set<String> undrawn(String architecture, Path... classes) {
        Map<String, Set<String>> reach = reach(architecture);
        return ARROW.matcher(jdeps("-regex", "dev\\.ktrdr\\..*", classes))
                .results()
                .filter(arrow -> !arrow.group(1).equals(arrow.group(2)))
                .filter(
                        arrow ->
                                !reach.getOrDefault(arrow.group(1), Set.of())
                                        .contains(arrow.group(2)))
                .map(arrow -> arrow.group(1) + " -> " + arrow.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> packages(Path... classes) {
        return PACKAGE.matcher(jdeps("-regex", ".*", classes))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String jdeps(String option, String value, Path... classes) {
        List<String> arguments = new ArrayList<>(List.of("-verbose:package", option, value));
        for (Path path : classes) {
            arguments.add(path.toString());
        }
        StringWriter report = new StringWriter();
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(report),
                        new PrintWriter(new StringWriter()),
                        arguments.toArray(String[]::new));
        return report.toString();
    }

    @Test
    void everyArrowIsDrawn() {
        assertThat(undrawn(Project.text("ARCHITECTURE.md"), ENGINE, BACKEND)).isEmpty();
    }

    /// A package without arrows would slip through the test above.
    @Test
    void everyPackageIsDrawnAndNoOther() {
        assertThat(packages(ENGINE, BACKEND))
                .isEqualTo(new TreeSet<>(reach(Project.text("ARCHITECTURE.md")).keySet()));
    }

    @Test
    void engineKnowsNothingOfTheBackend() {
        Set<String> engine = packages(ENGINE);
        Map<String, Set<String>> reach = reach(Project.text("ARCHITECTURE.md"));
        engine.forEach(name -> assertThat(engine).containsAll(reach.get(name)));
    }

    @Test
    void arrowThatWasNotDrawnIsFound(@TempDir Path folder) throws IOException {
        Path classes =
                Compiled.of(
                        folder,
                        "package dev.ktrdr.low; public class Low { dev.ktrdr.high.High up; }",
                        "package dev.ktrdr.high; public class High {}");
        assertThat(undrawn("low ->\nhigh -> low", classes)).containsExactly("low -> high");
    }

    @Test
    void arrowThatOnlyASignatureHasIsFound(@TempDir Path folder) throws IOException {
        Path classes =
                Compiled.of(
                        folder,
                        """
                        package dev.ktrdr.low;
                        public interface Low { java.util.List<dev.ktrdr.high.High> up(); }
                        """,
                        "package dev.ktrdr.high; public class High {}");
        assertThat(undrawn("low ->\nhigh -> low", classes)).containsExactly("low -> high");
    }

    @Test
    void arrowAcrossTwoDrawnArrowsIsAllowed(@TempDir Path folder) throws IOException {
        Path classes =
                Compiled.of(
                        folder,
                        "package dev.ktrdr.top; public class Top { dev.ktrdr.low.Low low; }",
                        "package dev.ktrdr.low; public class Low {}");
        assertThat(undrawn("low ->\nmid -> low\ntop -> mid", classes)).isEmpty();
    }

    @Test
    void packageThatIsNotDrawnMayUseNothing(@TempDir Path folder) throws IOException {
        Path classes =
                Compiled.of(
                        folder,
                        "package dev.ktrdr.stray; public class Stray { dev.ktrdr.low.Low low; }",
                        "package dev.ktrdr.low; public class Low {}");
        assertThat(undrawn("low ->", classes)).containsExactly("stray -> low");
        assertThat(packages(classes)).containsExactly("low", "stray");
    }

    @Test
    void arrowDrawnUpwardsIsRefusedWithItsLine() {
        assertThatThrownBy(() -> reach("low -> high\nhigh ->"))
                .hasMessage("drawn upwards: low -> high");
    }
}
