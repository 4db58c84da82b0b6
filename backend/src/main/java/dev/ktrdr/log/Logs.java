package dev.ktrdr.log;

import dev.ktrdr.log.Event.Severity;
import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.Settings;
import java.time.Clock;
import java.util.Optional;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/// The logging of the process: where lines go, in which form, from which level on.
public final class Logs {

    private static final String OURS = "dev.ktrdr";
    private static final String TEXT = "%d{HH:mm:ss.SSS} %-5p [%c{2.}] %s%e%n";

    private final Optional<LogFile> file;
    private volatile Severity level;

    private Logs(Optional<LogFile> file, Severity level) {
        this.file = file;
        this.level = level;
    }

    /// {@return the logging that `settings` ask for, installed in place of what was there}
    ///
    /// @param settings levels, form and folder
    /// @param version of the service, for every line
    public static Logs install(Settings settings, String version) {
        ExtFormatter json = new JsonLine(version, settings.text(Catalogue.ENVIRONMENT));
        boolean text = settings.text(Catalogue.LOG_FORMAT).equals("text");
        Logger root = withoutOurHandlers();
        root.addHandler(new StandardOutput(text ? new PatternFormatter(TEXT) : json));
        Optional<LogFile> file = Optional.empty();
        if (settings.flag(Catalogue.LOG_TO_FILE)) {
            LogFile opened =
                    new LogFile(
                            settings.folder(Catalogue.LOG_DIR),
                            settings.whole(Catalogue.LOG_FILE_MB) * 1_000_000L,
                            settings.whole(Catalogue.LOG_TOTAL_MB) * 1_000_000L,
                            json,
                            Clock.systemUTC());
            root.addHandler(opened);
            file = Optional.of(opened);
        }
        Logs logs = new Logs(file, Severity.valueOf(settings.text(Catalogue.LOG_LEVEL)));
        logs.level(logs.level);
        return logs;
    }

    /// Logs JSON to standard output alone: for a program whose settings cannot be read.
    ///
    /// @param version of the program, for every line
    public static void plain(String version) {
        Logger root = withoutOurHandlers();
        root.addHandler(new StandardOutput(new JsonLine(version, "unknown")));
        root.setLevel(Severity.INFO.level());
    }

    /// Those of an earlier start in the same process go, as a live reload makes them.
    private static Logger withoutOurHandlers() {
        Logger root = LogContext.getLogContext().getLogger("");
        for (Handler handler : root.getHandlers()) {
            if (handler.getClass().getName().startsWith(OURS)) {
                root.removeHandler(handler);
                handler.close();
            }
        }
        return root;
    }

    /// {@return the least severity of our own events that is logged}
    public Severity level() {
        return level;
    }

    /// Logs our events from `level` on, and those of libraries from INFO or `level` on, whichever
    /// is graver: DEBUG is for this program, not for what it is made of.
    public void level(Severity level) {
        this.level = level;
        LogContext context = LogContext.getLogContext();
        context.getLogger(OURS).setLevel(level.level());
        context.getLogger(Event.LIFECYCLE).setLevel(Severity.INFO.level());
        Severity libraries = level == Severity.DEBUG ? Severity.INFO : level;
        context.getLogger("").setLevel(libraries.level());
    }

    /// {@return why the log folder cannot be written, empty while it can or need not be}
    public Optional<String> fileFailure() {
        return file.flatMap(LogFile::failure);
    }
}
