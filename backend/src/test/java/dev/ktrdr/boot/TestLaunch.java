package dev.ktrdr.boot;

import dev.ktrdr.api.Version;
import dev.ktrdr.log.Logs;
import dev.ktrdr.setting.InvalidSettingsException;
import dev.ktrdr.setting.Settings;
import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.UnusableFolderException;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;

/// Does for a test what `main` does for the service: settings, logs and folder, here in a
/// temporary place. The environment is in the key `ktrdr.test`, as `NAME=value;NAME=value`.
@Singleton
@Alternative
@Priority(1)
final class TestLaunch {

    private final Path place;
    private final Launch launch;

    TestLaunch() throws IOException, InvalidSettingsException, UnusableFolderException {
        place = Files.createTempDirectory("ktrdr-test-");
        Map<String, String> environment = new HashMap<>();
        environment.put("KTRDR_DATA_DIR", place.resolve("data").toString());
        environment.put("KTRDR_LOG_DIR", place.resolve("logs").toString());
        environment.put("KTRDR_CONFIG_DIR", place.resolve("config").toString());
        String given =
                ConfigProvider.getConfig().getOptionalValue("ktrdr.test", String.class).orElse("");
        for (String pair : given.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                environment.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        launch = Launch.of(environment);
        keepOffStandardOutput();
    }

    /// What runs the tests listens there.
    private static void keepOffStandardOutput() {
        Logger root = LogContext.getLogContext().getLogger("");
        for (Handler handler : root.getHandlers()) {
            if (handler.getClass().getSimpleName().equals("StandardOutput")) {
                root.removeHandler(handler);
            }
        }
    }

    @Produces
    @Singleton
    Version version() {
        return launch.version();
    }

    @Produces
    @Singleton
    Settings settings() {
        return launch.settings();
    }

    @Produces
    @Singleton
    Logs logs() {
        return launch.logs();
    }

    @Produces
    @Singleton
    DataFolder folder() {
        return launch.folder();
    }

    @PreDestroy
    void close() throws IOException {
        launch.folder().close();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
