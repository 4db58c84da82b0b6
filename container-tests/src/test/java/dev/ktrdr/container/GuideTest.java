package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ktrdr.container.GuideDocument.Command;
import dev.ktrdr.container.GuideDocument.Section;
import dev.ktrdr.container.GuideDocument.Step;
import dev.ktrdr.container.GuideDocument.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Does what docs/docker_infrastructure_guide.md says, from top to bottom, in a copy of the
/// checkout, and compares what is printed with what the page shows.
///
/// A command has to succeed, unless the next one is `echo $?`. The names of the container, the
/// volumes and the network are the ones of the page, so the test refuses to run beside a KTRDR that
/// is there already, and only one run holds the lock.
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
final class GuideTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
    private static final Path GUIDE = ROOT.resolve("docs/docker_infrastructure_guide.md");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(20);
    private static final Pattern CHEAP =
            Pattern.compile("docker-compose(( -f \\S+)* config -q| (ps|up -d|down))");
    private static final Pattern TAGGED =
            Pattern.compile("(?:build .*-t|docker tag \\S+) (\\S+:\\S+)");

    private @Nullable Path temporary;
    private final Map<String, String> environment = new HashMap<>();
    private String port = "8000";
    private @Nullable FileChannel lock;
    private @Nullable Process outerLock;
    private boolean started;
    private Set<String> tagsBefore = Set.of();

    @Test
    void everyBlockIsRunWrittenOrExcused() throws IOException {
        assertThat(GuideDocument.read(GUIDE).problems()).isEmpty();
    }

    @Test
    void threeDotsStandForAnyTextAndAloneForAnyLines() {
        assertThat(GuideOutput.fits(List.of("a ... c"), List.of("a b c"))).isTrue();
        assertThat(GuideOutput.fits(List.of("a", "...", "d"), List.of("a", "b", "c", "d")))
                .isTrue();
        assertThat(GuideOutput.fits(List.of("..."), List.of())).isTrue();
        assertThat(GuideOutput.fits(List.of("a.b"), List.of("axb"))).isFalse();
        assertThat(GuideOutput.fits(List.of("a", "..."), List.of("b"))).isFalse();
        assertThat(GuideOutput.fits(List.of(), List.of("more"))).isFalse();
    }

    @BeforeAll
    void refuseOtherEnginesAndOtherRuns(@TempDir Path folder)
            throws IOException, InterruptedException {
        temporary = folder;
        String engine = quiet("docker version -f '{{.Server.Version}}'");
        if (engine.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("no Docker engine answers, and this is CI");
        }
        assumeTrue(!engine.isEmpty(), "no Docker engine answers");
        takeLock();
        String names =
                quiet(
                        "docker ps -aq -f name=^ktrdr-backend$;"
                                + " docker volume ls -q -f name=^ktrdr-data$ -f name=^ktrdr-logs$;"
                                + " docker network ls -q -f name=^ktrdr-network$");
        assertThat(names)
                .as("a KTRDR is here already (container, volume or network); not touching it")
                .isEmpty();
        started = true;
        tagsBefore = Set.copyOf(tags());
        copyCheckout();
        port = freePort();
        environment.put("KTRDR_PORT", port);
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TERM", "dumb");
    }

    /// The lock keeps other JVMs out, and flock(1) the shells of people; on Linux these are two
    /// kinds of lock that do not see each other.
    private void takeLock() throws IOException, InterruptedException {
        Path file = Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "ktrdr-compose.lock");
        lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = lock.lock();
        if (!quiet("command -v flock").isEmpty()) {
            outerLock =
                    new ProcessBuilder("flock", file.toString(), "sh", "-c", "echo held; cat")
                            .start();
            String held = outerLock.inputReader().readLine();
            assertThat(held).as("flock on " + file).isEqualTo("held");
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket usual = new ServerSocket(8000, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(usual.getLocalPort());
        } catch (IOException e) {
            try (ServerSocket other = new ServerSocket(0)) {
                return Integer.toString(other.getLocalPort());
            }
        }
    }

    private Path checkout() {
        if (temporary == null) {
            throw new IllegalStateException("no temporary folder");
        }
        return temporary.resolve("ktrdr");
    }

    private void copyCheckout() throws IOException, InterruptedException {
        String list = quiet("cd '" + ROOT + "' && git ls-files -co --exclude-standard");
        for (String name : list.lines().toList()) {
            Path from = ROOT.resolve(name);
            if (Files.isRegularFile(from) && !name.contains("target/")) {
                Path to = checkout().resolve(name);
                Files.createDirectories(to.resolve("..").normalize());
                Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @AfterAll
    void leaveNothing() throws IOException, InterruptedException {
        if (started) {
            quiet(
                    "docker rm -f ktrdr-backend; docker ps -aq -f"
                            + " label=com.docker.compose.project.working_dir=%s"
                                    .formatted(checkout())
                            + " | xargs -r docker rm -f; docker network rm ktrdr-network;"
                            + " docker volume rm ktrdr-data ktrdr-logs");
            for (String tag : tags()) {
                if (!tagsBefore.contains(tag)) {
                    quiet("docker image rm -f " + tag);
                }
            }
        }
        if (outerLock != null) {
            outerLock.outputWriter().close();
            outerLock.waitFor();
        }
        if (lock != null) {
            lock.close();
        }
    }

    /// {@return those names of images that the guide gives and that exist, but for the image
    /// itself}
    private static Set<String> tags() throws IOException, InterruptedException {
        Set<String> named = new LinkedHashSet<>();
        Matcher matcher = TAGGED.matcher(Files.readString(GUIDE));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        named.remove("ktrdr-backend:latest");
        named.retainAll(
                quiet("docker images --format '{{.Repository}}:{{.Tag}}'").lines().toList());
        return named;
    }

    @TestFactory
    Stream<DynamicNode> theGuideDoesWhatItShows() throws IOException {
        List<Section> sections = GuideDocument.read(GUIDE).sections();
        Stream<DynamicNode> all =
                sections.stream().filter(section -> !section.steps().isEmpty()).map(this::tests);
        return Stream.concat(all, Stream.of(otherSpelling(sections)));
    }

    private DynamicNode tests(Section section) {
        // One shell for a section, opened by its first step and closed after its last one.
        List<GuideShell> shell = new ArrayList<>();
        List<Step> steps = section.steps();
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean mayFail =
                    i + 1 < steps.size()
                            && steps.get(i + 1) instanceof Command next
                            && next.text().equals("echo $?");
            boolean last = i + 1 == steps.size();
            tests.add(
                    dynamicTest(
                            name(step),
                            () -> {
                                try {
                                    act(section, step, mayFail, shell);
                                } finally {
                                    if (last && !shell.isEmpty()) {
                                        shell.removeFirst().close();
                                    }
                                }
                            }));
        }
        return DynamicContainer.dynamicContainer(section.title(), tests);
    }

    private static String name(Step step) {
        return switch (step) {
            case Command command -> "%d: %s".formatted(command.line(), command.text());
            case Written file -> "%d: writes %s".formatted(file.line(), file.file());
        };
    }

    private void act(Section section, Step step, boolean mayFail, List<GuideShell> shell)
            throws IOException {
        switch (step) {
            case Written file -> {
                Path path = checkout().resolve(file.file());
                Files.createDirectories(path.resolve("..").normalize());
                Files.writeString(path, file.content());
            }
            case Command command -> {
                if (shell.isEmpty()) {
                    shell.add(new GuideShell(checkout(), environment));
                }
                run(section, command, mayFail, shell);
            }
        }
    }

    private void run(Section section, Command shown, boolean mayFail, List<GuideShell> shell)
            throws IOException {
        List<String> output = shown.output().stream().map(this::ported).toList();
        Command command = new Command(shown.line(), ported(shown.text()), output);
        String place =
                "'%s', line %d: $ %s\n".formatted(section.title(), shown.line(), command.text());
        GuideShell.Result result;
        try {
            result = shell.getFirst().run(command, limit(command));
        } catch (IOException e) {
            shell.clear();
            throw new IOException(place + e.getMessage(), e);
        }
        String report =
                "%s--- expected\n%s\n--- got (exit code %d)\n%s"
                        .formatted(
                                place,
                                String.join("\n", output),
                                result.code(),
                                String.join("\n", result.printed()));
        if (!GuideOutput.fits(output, result.printed()) || (result.code() != 0 && !mayFail)) {
            fail(report);
        }
    }

    private static Duration limit(Command command) {
        return command.text().contains("build") ? BUILD_LIMIT : LIMIT;
    }

    private String ported(String text) {
        return text.replaceAll("(localhost|127\\.0\\.0\\.1):8000\\b", "$1:" + port);
    }

    /// The guide writes `docker-compose`; the commands that cost little are run as `docker compose`
    /// as well.
    private DynamicNode otherSpelling(List<Section> sections) {
        Set<String> cheap = new LinkedHashSet<>();
        sections.stream()
                .flatMap(section -> section.steps().stream())
                .filter(step -> step instanceof Command command && isCheap(command))
                .forEach(step -> cheap.add(((Command) step).text()));
        return dynamicTest(
                "the same with `docker compose`",
                () -> {
                    assumeTrue(
                            !quiet("docker compose version").isEmpty(),
                            "this engine has no `docker compose`");
                    assertThat(cheap).as("compose commands of the guide").hasSizeGreaterThan(3);
                    try (GuideShell shell = new GuideShell(checkout(), environment)) {
                        for (String text : cheap) {
                            same(shell, text.replace("docker-compose ", "docker compose "));
                        }
                        same(shell, "docker compose down -v");
                    }
                });
    }

    private static boolean isCheap(Command command) {
        return CHEAP.matcher(command.text()).matches();
    }

    private static void same(GuideShell shell, String text) throws IOException {
        GuideShell.Result result = shell.run(new Command(0, text, List.of()), LIMIT);
        assertThat(result.code()).as("$ %s\n%s", text, result.printed()).isZero();
    }

    /// {@return what `script` prints on standard output; what goes wrong is left to the caller}
    private static String quiet(String script) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("bash", "-c", script)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var out = process.inputReader()) {
            return String.join("\n", out.lines().toList()).strip();
        } catch (UncheckedIOException e) {
            return "";
        } finally {
            process.waitFor();
        }
    }
}
