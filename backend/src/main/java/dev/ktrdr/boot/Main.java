package dev.ktrdr.boot;

import dev.ktrdr.api.Version;
import dev.ktrdr.log.Event;
import dev.ktrdr.log.Event.Severity;
import dev.ktrdr.log.Logs;
import dev.ktrdr.operation.Backup;
import dev.ktrdr.operation.Restore;
import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.InvalidSettingsException;
import dev.ktrdr.setting.Settings;
import dev.ktrdr.setting.SettingsReader;
import dev.ktrdr.setting.Value;
import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.UnusableFolderException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The program: one verb, `serve` if none is given.
@QuarkusMain
public final class Main {

    private static final String USAGE =
            """
            KTRDR %s, a self-hosted neuro-fuzzy trading backend

            usage: ktrdr-backend [VERB]

              serve      start the service (default); ends with SIGTERM or Ctrl-C
              config     print the settings in force and where each came from
              backup     write a backup of the data folder to standard output (service stopped)
              restore    read a backup from standard input into the data folder (service stopped)
              version    print the version
              help       print this

            exit codes: 0 fine, 1 failed, 2 unknown verb, 3 out of heap memory,
                        78 a setting or a folder has to be mended, 143 ended by SIGTERM

            Settings come from the environment and from config/application.yaml; every setting is
            in docs/reference/configuration.md, the guide is docs/docker_infrastructure_guide.md.
            """;

    private Main() {}

    /// Runs the verb in `arguments` and ends the process with its exit code.
    public static void main(String... arguments) {
        String verb = arguments.length == 0 ? "serve" : arguments[0];
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int code;
        try {
            code =
                    switch (verb) {
                        case "serve" -> serve();
                        case "config" -> config(out);
                        case "backup" -> backup(out);
                        case "restore" -> restore();
                        case "version", "--version", "-V" -> print(out, version());
                        case "help", "--help", "-h" -> print(out, USAGE.formatted(version()));
                        default -> unknown(verb);
                    };
        } catch (InvalidSettingsException | UnusableFolderException e) {
            code = refuse(String.valueOf(e.getMessage()));
        } catch (IOException | StoreException e) {
            System.err.println("ktrdr-backend: " + verb + ": " + e.getMessage());
            code = ExitCode.FAILED;
        }
        if (!verb.equals("serve") || code != ExitCode.FINE) {
            System.exit(code);
        }
    }

    private static String version() {
        return Version.current().number();
    }

    private static int print(PrintStream out, String text) {
        out.println(text.stripTrailing());
        return ExitCode.FINE;
    }

    private static int unknown(String verb) {
        System.err.println("ktrdr-backend: unknown verb '" + verb + "'; see --help");
        return ExitCode.USAGE;
    }

    private static int serve() throws InvalidSettingsException, UnusableFolderException {
        Map<String, String> environment = System.getenv();
        Launch launch = Launch.of(environment);
        quarkus(launch).forEach(System::setProperty);
        // The process ends when its shutdown hooks have; without this one the last line may be
        // lost.
        CountDownLatch stopped = new CountDownLatch(1);
        long seconds = launch.settings().whole(Catalogue.SHUTDOWN_SECONDS) + 10L;
        Runnable wait = () -> await(stopped, seconds);
        Thread last = Thread.ofPlatform().name("last line").unstarted(wait);
        Runtime.getRuntime().addShutdownHook(last);
        Quarkus.run(
                Server.class,
                (code, cause) -> {
                    int exitCode = stopped(launch, code, cause);
                    stopped.countDown();
                    if (cause != null) {
                        System.exit(exitCode);
                    }
                });
        return ExitCode.FINE;
    }

    /// Our settings in the words of the framework. They win over what else it reads.
    private static Map<String, String> quarkus(Launch launch) {
        Settings settings = launch.settings();
        Map<String, String> properties = new HashMap<>();
        properties.put("quarkus.http.host", settings.text(Catalogue.BIND));
        properties.put("quarkus.http.port", settings.text(Catalogue.PORT));
        // Ours is the limit that answers; this one would only cut the connection.
        int largest =
                Math.max(
                        settings.whole(Catalogue.BODY_LIMIT_MB),
                        settings.whole(Catalogue.UPLOAD_LIMIT_MB));
        long megabytes = 2L * largest;
        properties.put("quarkus.http.limits.max-body-size", megabytes + "M");
        // A file that was sent is large, and the folder for temporary files may be in memory.
        properties.put("quarkus.http.body.uploads-directory", launch.folder().uploads().toString());
        properties.put("quarkus.shutdown.timeout", settings.text(Catalogue.SHUTDOWN_SECONDS));
        return properties;
    }

    private static void await(CountDownLatch stopped, long seconds) {
        try {
            if (!stopped.await(seconds, TimeUnit.SECONDS)) {
                System.err.println("ktrdr-backend: ended before everything was stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// {@return the exit code, after the last line of the log}
    private static int stopped(Launch launch, int code, @Nullable Throwable cause) {
        launch.folder().close();
        // A stop signal in the middle of the start is no failure of the start.
        if (cause != null && !"Shutdown in progress".equals(told(cause).getMessage())) {
            Event.log(
                    Event.LIFECYCLE,
                    Severity.ERROR,
                    "cannot start: " + told(cause).getMessage(),
                    Map.of("error.type", told(cause).getClass().getName()));
            return code == ExitCode.FINE ? ExitCode.FAILED : code;
        }
        long uptime = ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
        Event.log(
                Event.LIFECYCLE,
                Severity.INFO,
                "stopped",
                Map.of("ktrdr.uptime_s", uptime, "process.exit_code", code));
        return code;
    }

    /// {@return the cause that tells people most: ours if there is one, else the deepest}
    private static Throwable told(Throwable thrown) {
        Throwable cause = thrown.getCause();
        if (thrown instanceof StoreException || cause == null || cause.equals(thrown)) {
            return thrown;
        }
        return told(cause);
    }

    private static int config(PrintStream out) throws InvalidSettingsException {
        for (Value value : SettingsReader.read(System.getenv()).values()) {
            String name = value.setting().name();
            out.printf("%-24s %-16s %s%n", name, value.shown(), value.origin());
        }
        return ExitCode.FINE;
    }

    private static int backup(PrintStream out)
            throws InvalidSettingsException, UnusableFolderException, IOException {
        Settings settings = SettingsReader.read(System.getenv());
        try (DataFolder folder = DataFolder.open(settings.folder(Catalogue.DATA_DIR), version())) {
            StateDatabase database = StateDatabase.open(folder.database());
            new Backup(folder, database, version(), Clock.systemUTC()).write(out);
        }
        return ExitCode.FINE;
    }

    private static int restore()
            throws InvalidSettingsException, UnusableFolderException, IOException {
        Settings settings = SettingsReader.read(System.getenv());
        try (DataFolder folder = DataFolder.open(settings.folder(Catalogue.DATA_DIR), version())) {
            Restore.Outcome outcome =
                    new Restore(folder.path(), version(), Clock.systemUTC()).read(System.in);
            System.err.printf(
                    "restored %d files of %s, written by KTRDR %s; what was before is in %s%n",
                    outcome.manifest().files().size(),
                    outcome.manifest().createdAt(),
                    outcome.manifest().version(),
                    outcome.before().toAbsolutePath());
        }
        return ExitCode.FINE;
    }

    /// One line of JSON, although no settings could be read: whoever collects the logs sees it.
    private static int refuse(String problem) {
        Logs.plain(version());
        Event.log(
                Event.LIFECYCLE,
                Severity.ERROR,
                problem,
                Map.of("process.exit_code", ExitCode.CONFIGURATION));
        return ExitCode.CONFIGURATION;
    }
}
