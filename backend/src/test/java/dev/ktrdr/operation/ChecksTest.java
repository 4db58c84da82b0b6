package dev.ktrdr.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.log.Logs;
import dev.ktrdr.operation.Check.Result;
import dev.ktrdr.setting.InstrumentFile;
import dev.ktrdr.setting.Settings;
import dev.ktrdr.setting.SettingsReader;
import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.StateDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {

    @TempDir private Path temporary = Path.of("");

    private static void silence() {
        Logger root = LogContext.getLogContext().getLogger("");
        for (Handler handler : root.getHandlers()) {
            if (handler.getClass().getName().startsWith("dev.ktrdr")) {
                root.removeHandler(handler);
                handler.close();
            }
        }
    }

    @AfterEach
    void leaveNothingInstalled() {
        silence();
    }

    /// What a test does with the checks, the data folder and the log folder.
    private interface Use {
        void of(List<Check> checks, Path data, Path logs) throws Exception;
    }

    private void withChecks(Use use, String... pairs) throws Exception {
        Path logs = temporary.resolve("logs");
        Map<String, String> environment = new HashMap<>();
        environment.put("KTRDR_CONFIG_DIR", temporary.toString());
        environment.put("KTRDR_LOG_DIR", logs.toString());
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        Settings settings = SettingsReader.read(environment);
        Logs installed = Logs.install(settings, "1.0.5.5");
        silence();
        try (DataFolder folder = DataFolder.open(temporary.resolve("data"), "1.0.5.5")) {
            StateDatabase database = StateDatabase.open(folder.database());
            InstrumentFile file = InstrumentFile.read(temporary.resolve("instruments.yaml"));
            use.of(Checks.of(settings, folder, database, file, installed), folder.path(), logs);
        }
    }

    private static Result result(List<Check> checks, String name) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .run();
    }

    @Test
    void soundServiceIsSound() throws Exception {
        withChecks(
                (checks, _, _) -> {
                    assertThat(checks)
                            .extracting(Check::name)
                            .containsExactly("data", "store", "disk", "instruments", "logs");
                    assertThat(result(checks, "data")).isEqualTo(new Result(State.OK, "writable"));
                    assertThat(result(checks, "store"))
                            .isEqualTo(new Result(State.OK, "open, schema 1"));
                    assertThat(result(checks, "logs")).isEqualTo(new Result(State.OK, "writable"));
                    assertThat(result(checks, "disk").detail()).matches("[0-9]+ MB free.*");
                });
    }

    @Test
    void instrumentThatIsDescribedWronglyIsDegradedAndTold() throws Exception {
        Files.writeString(temporary.resolve("instruments.yaml"), "SPX:\n  kind: stonk\n");
        withChecks(
                (checks, _, _) -> {
                    Result result = result(checks, "instruments");
                    assertThat(result.status()).isEqualTo(State.DEGRADED);
                    assertThat(result.detail())
                            .contains("instruments.yaml:2: kind must be one of ");
                });
    }

    @Test
    void logFolderThatCannotBeWrittenIsDegradedAndTold() throws Exception {
        withChecks(
                (checks, _, logs) -> {
                    Files.writeString(logs, "a file");
                    Result result = result(checks, "logs");
                    assertThat(result.status()).isEqualTo(State.DEGRADED);
                    assertThat(result.detail()).contains("is a file, a folder is due");
                });
    }

    @Test
    void logFileThatIsSwitchedOffIsFine() throws Exception {
        withChecks(
                (checks, _, logs) -> {
                    Files.writeString(logs, "a file");
                    assertThat(result(checks, "logs").status()).isEqualTo(State.OK);
                },
                "KTRDR_LOG_TO_FILE",
                "false");
    }

    @Test
    void storeThatDoesNotAnswerIsUnhealthy() throws Exception {
        withChecks(
                (checks, data, _) -> {
                    Files.writeString(data.resolve("ktrdr.db"), "no database any more. ");
                    Files.deleteIfExists(data.resolve("ktrdr.db-wal"));
                    Files.deleteIfExists(data.resolve("ktrdr.db-shm"));
                    assertThat(result(checks, "store").status()).isEqualTo(State.UNHEALTHY);
                });
    }

    @Test
    void dataAboveTheBudgetIsDegraded() throws Exception {
        withChecks(
                (checks, data, _) -> {
                    assertThat(result(checks, "disk").detail()).contains("MB free");
                    Files.write(data.resolve("big"), new byte[1_100_000]);
                    Result result = result(checks, "disk");
                    assertThat(result.status()).isEqualTo(State.DEGRADED);
                    assertThat(result.detail()).contains("above KTRDR_DATA_BUDGET_MB");
                },
                "KTRDR_DATA_BUDGET_MB",
                "1");
    }

    /// Files come and go while the service works; the check must not stumble over that.
    @Tag("slow")
    @Test
    void filesThatVanishWhileTheyAreCountedAreNoFault() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        withChecks(
                (checks, data, _) -> {
                    Thread busy =
                            Thread.ofPlatform()
                                    .start(
                                            () -> {
                                                while (!stop.get()) {
                                                    comeAndGo(data);
                                                }
                                            });
                    try {
                        for (int i = 0; i < 1_000; i++) {
                            assertThat(result(checks, "disk").detail()).contains(" MB ");
                        }
                    } finally {
                        stop.set(true);
                        busy.join();
                    }
                },
                "KTRDR_DATA_BUDGET_MB",
                "1000000");
    }

    private static void comeAndGo(Path data) {
        try {
            Path folder = Files.createDirectories(data.resolve("bars/come"));
            for (int i = 0; i < 50; i++) {
                Files.writeString(folder.resolve("go" + i), "x");
            }
            for (int i = 0; i < 50; i++) {
                Files.delete(folder.resolve("go" + i));
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
