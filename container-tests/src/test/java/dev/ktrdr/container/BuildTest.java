package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.container.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the image is built: by both builders, from named files alone, with a cache that holds, and
/// twice with the same result.
@WithEngine
class BuildTest {

    /// The layers that a change of the program must leave alone: base, user, packages, Java,
    /// native libraries, libraries.
    private static final int STABLE_LAYERS = 6;

    /// Code that Quarkus writes while it builds. Its threads take numbers for names of constants in
    /// turn (quarkusio/quarkus#53025), so it is compared without these numbers.
    private static final String GENERATED = "home/ktrdr/app/quarkus/generated-bytecode.jar";

    /// Every file with type, mode, owner, target and content, but for what the engine puts into
    /// each container, the start-up cache of Java (no two trainings are equal), and the file with
    /// the day on which the account was made.
    private static final String LISTING =
            """
            cd / && find . -xdev ! -path ./.dockerenv ! -path './etc/host*' \
              ! -path ./etc/resolv.conf ! -path ./etc/mtab ! -name '*.aot' ! -path ./etc/shadow \
              -printf '%p %y %m %U:%G %l\\n' | LC_ALL=C sort
            find . -xdev -type f ! -path ./.dockerenv ! -path './etc/host*' \
              ! -path ./etc/resolv.conf ! -name '*.aot' ! -path ./etc/shadow \
              ! -path './%s' -exec sha256sum {} + | LC_ALL=C sort -k 2
            """
                    .replace("%s", GENERATED);

    private static final String CLASSIC = Docker.freshName();
    private static final String KIT = Docker.freshName();

    /// The checkout as it was when both builders took it.
    private static @Nullable Snapshot source;

    @TempDir private static Path shared;

    /// Builds with the classic builder and with BuildKit, once for all tests that need both.
    ///
    /// The two share no cache, so whatever they find in their own, it is two builds.
    private static Snapshot bothBuilds() throws IOException {
        Snapshot known = source;
        if (known == null) {
            known = Snapshot.into(shared);
            build(false, known, CLASSIC);
            build(true, known, KIT);
            source = known;
        }
        return known;
    }

    private static String tag() {
        return Docker.freshName();
    }

    private static Result build(boolean buildKit, Snapshot source, String tag, String... more) {
        return Docker.build(buildKit, more)
                .with("--label", Docker.LABEL, "-t", tag, source.root().toString())
                .run()
                .fine();
    }

    private static List<String> layers(String tag) {
        List<String> layers = new ArrayList<>();
        JsonNode all = Docker.inspect(tag).path("RootFS").path("Layers");
        all.forEach(layer -> layers.add(layer.asText()));
        return layers;
    }

    private static List<String> files(String tag) {
        return Docker.command("run", "--rm", "--label", Docker.LABEL, "-u", "0")
                .with("--network", "none", "--entrypoint", "bash", tag, "-c", LISTING)
                .run()
                .fine()
                .lines();
    }

    private static Map<String, Integer> generated(String tag) throws IOException {
        Path jar = shared.resolve(tag + ".jar");
        try (Container source = Container.created(tag)) {
            Result _ = Docker.run("cp", source.name() + ":/" + GENERATED, jar.toString());
        }
        Map<String, Integer> classes = new TreeMap<>(Jars.withoutNumbersOf("proxykey", jar));
        // The framework writes the names of settings into these in an order that varies.
        classes.keySet().removeIf(name -> name.matches("io/quarkus/runtime/generated/.*Config.*"));
        // So do two that record the routes; what varies in them has not been traced.
        String routes = "io/quarkus/runner/recorded/ResteasyReactiveProcessor\\$setup.*";
        classes.keySet().removeIf(name -> name.matches(routes));
        return classes;
    }

    /// Rubric 2. Such a line makes every build fetch a frontend first.
    @Test
    void noSyntaxLineAsksForANetwork() {
        assertThat(Project.read("Dockerfile").lines())
                .noneMatch(line -> line.matches("# *(syntax|escape) *=.*"));
    }

    /// Rubric 1 and 2.
    @Test
    @Tag("baseline")
    void bothBuildersTakeTheDockerfile() throws IOException {
        bothBuilds();
        for (String tag : List.of(CLASSIC, KIT)) {
            Result version = Docker.command("run", "--rm", tag, "--version").run();
            assertThat(version.fine().text()).isEqualTo(Project.version());
        }
    }

    /// Whoever builds has passwords, data and half a gigabyte of results lying in the folder.
    @Test
    void nothingButNamedFilesGoesIntoTheBuild(@TempDir Path folder) throws IOException {
        Snapshot source = Snapshot.into(folder);
        List<String> foreign =
                List.of(
                        ".env",
                        ".git/config",
                        "secrets/api-token",
                        "backups/b.zip",
                        "data/ktrdr.db",
                        "key.pem",
                        "backend/target/x.jar",
                        "backend/src/main/target/x.jar",
                        "node_modules/x.js",
                        "README.md",
                        "docs/x.md",
                        "container-tests/src/X.java",
                        "core");
        foreign.forEach(file -> source.write(file, "x"));
        Files.writeString(
                folder.resolve("Dockerfile"),
                """
                FROM %s
                COPY . /context
                """
                        .formatted(Docker.IMAGE));
        String tag = tag();
        build(true, source, tag);
        Result list =
                Docker.command("run", "--rm", "--entrypoint", "find", tag)
                        .with("/context", "-type", "f", "-printf", "%P\\n")
                        .run()
                        .fine();
        assertThat(list.lines()).doesNotContainAnyElementsOf(foreign);
        assertThat(list.lines()).contains("pom.xml", "backend/pom.xml", "docker/jvm.options");
        assertThat(list.lines())
                .allMatch(
                        file ->
                                file.matches(
                                        "pom[.]xml|([a-z-]+)/pom[.]xml|[.]mvn/.*|config/.*"
                                                + "|(engine|backend|cli)/src/.*|docker/.*"));
    }

    /// Rubric 16. What takes minutes is done anew only when its own input has changed.
    @Test
    @Tag("slow")
    void changeOfTheProgramReusesTheLayersBelow(@TempDir Path folder) throws IOException {
        bothBuilds();
        Snapshot source = Snapshot.of(shared, folder);
        source.write("README.md", "# changed\n");
        String same = tag();
        build(true, source, same);
        assertThat(layers(same)).isEqualTo(layers(KIT));
        source.edit(
                "backend/src/main/java/dev/ktrdr/boot/Main.java",
                "a self-hosted neuro-fuzzy trading backend",
                "a self-hosted neuro-fuzzy trading backend, changed");
        String changed = tag();
        build(true, source, changed);
        assertThat(layers(changed)).hasSameSizeAs(layers(KIT));
        assertThat(layers(changed).subList(0, STABLE_LAYERS))
                .isEqualTo(layers(KIT).subList(0, STABLE_LAYERS));
        assertThat(layers(changed).get(STABLE_LAYERS)).isNotEqualTo(layers(KIT).get(STABLE_LAYERS));
        Result help = Docker.command("run", "--rm", changed, "--help").run();
        assertThat(help.fine().out()).contains("trading backend, changed");
    }

    /// Rubric 17. Compared are name, type, mode, owner and content of every file in the image; the
    /// start-up cache is exempt by name. The times of our own files are the epoch that was asked
    /// for; those that Debian's packages make are not ours to set.
    @Test
    @Tag("slow")
    void twoBuildsGiveTheSameFiles() throws IOException {
        bothBuilds();
        Set<String> classic = new TreeSet<>(files(CLASSIC));
        Set<String> kit = new TreeSet<>(files(KIT));
        Set<String> both = new TreeSet<>(classic);
        both.retainAll(kit);
        classic.removeAll(both);
        kit.removeAll(both);
        assertThat(both).hasSizeGreaterThan(1_000);
        assertThat(kit).as("only from BuildKit; only from the classic: %s", classic).isEmpty();
        assertThat(classic).isEmpty();
        assertThat(generated(KIT)).hasSizeGreaterThan(100).isEqualTo(generated(CLASSIC));
        for (String tag : List.of(KIT, CLASSIC)) {
            Result times =
                    Docker.command("run", "--rm", "--entrypoint", "sh", tag, "-c")
                            .with(
                                    "cd /home/ktrdr/app && find app lib cli native quarkus*"
                                            + " -type f -printf '%T@\\n' | cut -d. -f1 | sort -u")
                            .run();
            assertThat(times.fine().text()).isEqualTo("1767225600");
        }
    }

    /// Docker Bench 4.9 and 4.10, and what hadolint asks for first.
    @Test
    void dockerfileKeepsTheRulesOfTheTrade() {
        List<String> steps =
                Project.read("Dockerfile")
                        .lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .toList();
        assertThat(steps).noneMatch(line -> line.matches("(ADD|VOLUME|ONBUILD|MAINTAINER) .*"));
        assertThat(steps).noneMatch(line -> line.matches(".*(apt-get upgrade|sudo |--mount|<<).*"));
        assertThat(steps).noneMatch(line -> line.matches("COPY .*--(chmod|link|parents).*"));
        assertThat(steps.stream().filter(line -> line.matches("FROM [^ ]*latest.*"))).isEmpty();
        int user = steps.lastIndexOf("USER ktrdr");
        assertThat(steps.subList(user + 1, steps.size()))
                .noneMatch(line -> line.startsWith("USER") || line.startsWith("RUN"));
        assertThat(steps).contains("ARG VERSION=" + Project.version());
    }
}
