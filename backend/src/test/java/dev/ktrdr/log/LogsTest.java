package dev.ktrdr.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.log.Event.Severity;
import dev.ktrdr.setting.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Handler;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {

    @TempDir private Path folder = Path.of("");

    private Logs install(String level) throws Exception {
        Logs logs =
                Logs.install(
                        SettingsReader.read(
                                Map.of(
                                        "LOG_LEVEL", level,
                                        "KTRDR_LOG_DIR", folder.toString(),
                                        "KTRDR_CONFIG_DIR", folder.toString())),
                        "1.2.3");
        remove(StandardOutput.class); // what runs the tests listens there
        return logs;
    }

    private static void remove(Class<? extends Handler> type) {
        Logger root = LogContext.getLogContext().getLogger("");
        for (Handler handler : root.getHandlers()) {
            if (type.isInstance(handler)) {
                root.removeHandler(handler);
                handler.close();
            }
        }
    }

    @AfterEach
    void leaveNothingInstalled() {
        remove(LogFile.class);
    }

    private String written() throws IOException {
        Path file = folder.resolve("ktrdr.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static void log(String logger, Severity level, String message) {
        Event.log(logger, level, message, Map.of());
    }

    @Test
    void eventsBelowTheLevelAreLeftOut() throws Exception {
        install("WARNING");
        log("dev.ktrdr.any", Severity.INFO, "too small");
        log("dev.ktrdr.any", Severity.WARNING, "large enough");
        assertThat(written()).contains("large enough").doesNotContain("too small");
    }

    @Test
    void startAndStopAreLoggedWhateverTheLevel() throws Exception {
        install("ERROR");
        log(Event.LIFECYCLE, Severity.INFO, "started");
        assertThat(written()).contains("started");
    }

    @Test
    void debugIsForThisProgramAndNotForItsLibraries() throws Exception {
        install("DEBUG");
        log("dev.ktrdr.any", Severity.DEBUG, "ours");
        log("org.library", Severity.DEBUG, "theirs");
        log("org.library", Severity.INFO, "also theirs");
        assertThat(written()).contains("\"ours\"", "also theirs").doesNotContain("\"theirs\"");
    }

    @Test
    void levelCanBeChangedWhileItRuns() throws Exception {
        Logs logs = install("INFO");
        assertThat(logs.level()).isEqualTo(Severity.INFO);
        logs.level(Severity.DEBUG);
        assertThat(logs.level()).isEqualTo(Severity.DEBUG);
        log("dev.ktrdr.any", Severity.DEBUG, "now it is seen");
        assertThat(written()).contains("now it is seen");
    }

    @Test
    void secondInstallationReplacesTheFirst() throws Exception {
        install("INFO");
        install("INFO");
        log("dev.ktrdr.any", Severity.INFO, "once");
        assertThat(written().lines()).hasSize(1);
    }

    @Test
    void folderThatCannotBeWrittenIsKnown() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Logs logs =
                Logs.install(
                        SettingsReader.read(
                                Map.of(
                                        "KTRDR_LOG_DIR", file.toString(),
                                        "KTRDR_CONFIG_DIR", folder.toString())),
                        "1.2.3");
        remove(StandardOutput.class);
        log("dev.ktrdr.any", Severity.INFO, "lost");
        assertThat(logs.fileFailure()).isPresent();
    }
}
