package dev.ktrdr.log;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/// Something that happened, with fields of its own beside the message.
public final class Event {

    /// Start and stop are always logged, whatever LOG_LEVEL says.
    public static final String LIFECYCLE = "dev.ktrdr.lifecycle";

    private static final String LOGGER_CLASS = Event.class.getName();

    private Event() {}

    /// The fields of an event; they travel as the only parameter of its record.
    record Fields(Map<String, Object> values) {
        Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /// Logs `message` with `fields` at `level` in the name of `logger`.
    ///
    /// @param logger dotted name, such as `dev.ktrdr.access`
    /// @param level severity
    /// @param message one line for people
    /// @param fields dotted ECS names to text, numbers, flags or maps
    public static void log(
            String logger, Severity level, String message, Map<String, Object> fields) {
        Logger target = Logger.getLogger(logger);
        if (target.isLoggable(level.level())) {
            var style = ExtLogRecord.FormatStyle.NO_FORMAT;
            var event = new ExtLogRecord(level.level(), message, style, LOGGER_CLASS);
            event.setLoggerName(logger);
            event.setParameters(new Object[] {new Fields(fields)});
            target.logRaw(event);
        }
    }

    /// How grave an event is.
    public enum Severity {
        DEBUG(Level.DEBUG),
        INFO(Level.INFO),
        WARNING(Level.WARN),
        ERROR(Level.ERROR);

        private final java.util.logging.Level level;

        Severity(java.util.logging.Level level) {
            this.level = level;
        }

        java.util.logging.Level level() {
            return level;
        }

        static Severity of(java.util.logging.Level level) {
            if (level.intValue() >= Level.ERROR.intValue()) {
                return ERROR;
            }
            if (level.intValue() >= Level.WARN.intValue()) {
                return WARNING;
            }
            return level.intValue() >= Level.INFO.intValue() ? INFO : DEBUG;
        }
    }
}
