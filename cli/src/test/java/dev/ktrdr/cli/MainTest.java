package dev.ktrdr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @TempDir private Path folder = Path.of("");
    private Shell shell = new Shell(folder);

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    /// The version in the parent pom has four numbers; an unfiltered resource would have an @.
    @Test
    void versionIsTheOneOfTheBuild() {
        var verb = shell.run("version");
        assertThat(verb.out()).matches("ktrdr \\d+\\.\\d+\\.\\d+\\.\\d+\n");
        assertThat(shell.run("--version").out()).isEqualTo(verb.out());
        assertThat(shell.run("-V").exit()).isZero();
        assertThat(shell.run("version", "--json").out())
                .matches(
                        "\\{\"success\":true,\"data\":\\{\"version\":\"[0-9.]+\"},"
                                + "\"error\":null}\n");
    }

    @Test
    void versionNeedsNoValidAddress() {
        assertThat(shell.with("KTRDR_URL", "nonsense").run("version").exit()).isZero();
    }

    @Test
    void helpOfTheRootNamesEachVerbAndEachExitCode() {
        var help = shell.run("--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out())
                .contains("health, status", "config", "log-level", "backup", "data", "version")
                .contains(
                        "0     fine",
                        "1     the service answered with an error",
                        "2     ",
                        "3     ")
                .contains("4     not authorised", "5     ", "130   ", "KTRDR_API_TOKEN_FILE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "health",
                "status",
                "config",
                "log-level",
                "backup",
                "data",
                "data list",
                "data show",
                "data import",
                "data quality",
                "data resample",
                "data fill",
                "data download",
                "data export",
                "data delete",
                "operation",
                "operation list",
                "operation show",
                "operation cancel",
                "version"
            })
    void eachVerbHasHelpWithTheGlobalOptions(String verb) {
        var help = shell.run((verb + " --help").split(" "));
        assertThat(help.exit()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).startsWith("Usage: ktrdr").contains("--url", "--json", "--timeout");
    }

    @Test
    void helpStaysWithinTheScreen() {
        var help = shell.terminal(60).run("--help");
        assertThat(help.out().lines().filter(line -> !line.startsWith("  KTRDR_")))
                .filteredOn(line -> !line.contains("generated is found"))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    }

    @Test
    void withoutAVerbTheHelpComesOnStandardError() {
        for (String[] words : new String[][] {{}, {"data"}}) {
            var outcome = shell.run(words);
            assertThat(outcome.exit()).isEqualTo(2);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).startsWith("Usage: ktrdr");
        }
    }

    @Test
    void misspeltVerbIsAUsageErrorThatNamesTheNearest() {
        var outcome = shell.run("helth");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualTo(
                        "ktrdr: Unmatched argument at index 0: 'helth' (see: ktrdr --help);"
                                + " did you mean health?\n");
    }

    @Test
    void usageErrorIsAnEnvelopeTooWhereJsonIsWanted() {
        var outcome = shell.run("data", "import", "--json");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out())
                .startsWith("{\"success\":false,\"data\":null,\"error\":{\"code\":\"USAGE\"");
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("FILE", "--symbol", "see: ktrdr data import --help");
    }

    @Test
    void timeoutBelowOneIsRefusedByValue() {
        var outcome = shell.run("health", "--timeout", "0");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).isEqualTo("ktrdr: --timeout must be at least 1, was 0\n");
    }

    @Test
    void serviceThatIsNotThereIsSaidWithWhatToDo() throws IOException {
        String url = "http://127.0.0.1:" + unusedPort();
        var outcome = shell.run("health", "--url", url);
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .isEqualTo(
                        "ktrdr: cannot reach "
                                + url
                                + ": is it running? start it with: ./ktrdr serve"
                                + " or docker-compose up -d\n");
    }

    @Test
    void serviceThatIsNotThereIsAnEnvelopeTooWhereJsonIsWanted() throws IOException {
        var outcome = shell.run("--json", "--url", "http://127.0.0.1:" + unusedPort(), "config");
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.out())
                .startsWith("{\"success\":false,\"data\":null,\"error\":{\"code\":\"UNREACHABLE\"");
        assertThat(outcome.err()).contains("cannot reach");
    }

    @Test
    void hostThatNoNameServerKnowsIsSaid() {
        var outcome = shell.run("health", "--url", "http://nowhere.invalid:8000");
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err())
                .contains("cannot reach http://nowhere.invalid:8000 (unknown host)");
    }

    @Test
    void globalOptionsMayStandBeforeOrAfterTheVerb() throws IOException {
        try (var service =
                FakeService.start().data("GET /api/v1/log-level", "{\"level\":\"INFO\"}")) {
            assertThat(shell.run("--url", service.url(), "log-level").out()).isEqualTo("INFO\n");
            assertThat(shell.run("log-level", "--url", service.url()).out()).isEqualTo("INFO\n");
            assertThat(shell.run("--json", "log-level", "--url", service.url()).out())
                    .isEqualTo("{\"success\":true,\"data\":{\"level\":\"INFO\"},\"error\":null}\n");
        }
    }

    @Test
    void standardOutputThatIsFullIsALocalProblem() throws IOException {
        var full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("No space left on device");
                    }
                };
        var here =
                shell.surroundings(
                        new PrintStream(full), new PrintStream(OutputStream.nullOutputStream()));
        assertThat(Main.run(here, "version")).isEqualTo(5);
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
