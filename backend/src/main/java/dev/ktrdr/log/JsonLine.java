package dev.ktrdr.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/// Formats a record as one line of JSON with flat ECS names, shorter than 16 KiB.
///
/// Docker splits lines at 16 KiB, which would break the JSON; values are cut so that this cannot
/// happen, and as the last resort fields are left out. Line breaks inside values are escaped by
/// JSON itself.
public final class JsonLine extends ExtFormatter {

    /// Bytes of a line, its line break included.
    static final int LINE_BYTES_MAX = 16_383;

    /// How many characters of each are kept, and whether fields and context are.
    private record Limits(int message, int trace, int value, boolean fields) {}

    /// Characters outside ASCII and escapes take up to six bytes, and nobody limits the number of
    /// fields; so where the first does not do, the next cuts harder. The last always fits.
    private static final List<Limits> LIMITS =
            List.of(
                    new Limits(2_000, 8_000, 1_000, true),
                    new Limits(250, 1_000, 125, true),
                    new Limits(250, 1_000, 125, false));

    private static final String CUT = "… (cut)";
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter STAMP =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final String version;
    private final String environment;

    /// Lines of a service at `version` in `environment`.
    public JsonLine(String version, String environment) {
        this.version = version;
        this.environment = environment;
    }

    @Override
    public String format(ExtLogRecord event) {
        String line = "";
        for (Limits limits : LIMITS) {
            line = line(event, limits);
            if (line.getBytes(StandardCharsets.UTF_8).length <= LINE_BYTES_MAX) {
                break;
            }
        }
        return line;
    }

    private String line(ExtLogRecord event, Limits limits) {
        StringWriter out = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("@timestamp", STAMP.format(event.getInstant()));
            json.writeStringField("log.level", Event.Severity.of(event.getLevel()).name());
            json.writeStringField("message", text(formatMessage(event), limits.message()));
            json.writeStringField("log.logger", text(event.getLoggerName(), limits.value()));
            json.writeStringField("process.thread.name", text(event.getThreadName(), 100));
            json.writeStringField("service.name", "ktrdr-backend");
            json.writeStringField("service.version", version);
            json.writeStringField("service.environment", environment);
            json.writeStringField("ecs.version", "8.11");
            if (limits.fields()) {
                write(json, event.getMdcCopy(), limits.value());
                write(json, fields(event), limits.value());
            } else {
                json.writeBooleanField("ktrdr.fields_left_out", true);
            }
            if (event.getThrown() != null) {
                write(json, event.getThrown(), limits);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail", e);
        }
        return out.append('\n').toString();
    }

    private static Map<String, Object> fields(ExtLogRecord event) {
        Object[] parameters = event.getParameters();
        return parameters != null
                        && parameters.length == 1
                        && parameters[0] instanceof Event.Fields fields
                ? fields.values()
                : Map.of();
    }

    private static void write(JsonGenerator json, Map<?, ?> fields, int charsMax)
            throws IOException {
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            json.writeFieldName(String.valueOf(field.getKey()));
            switch (field.getValue()) {
                case null -> json.writeNull();
                case Long number -> json.writeNumber(number);
                case Integer number -> json.writeNumber(number);
                case Boolean flag -> json.writeBoolean(flag);
                case Map<?, ?> inner -> {
                    json.writeStartObject();
                    write(json, inner, charsMax);
                    json.writeEndObject();
                }
                case Object other -> json.writeString(text(other.toString(), charsMax));
            }
        }
    }

    private static void write(JsonGenerator json, Throwable thrown, Limits limits)
            throws IOException {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        String message = String.valueOf(thrown.getMessage());
        json.writeStringField("error.type", text(thrown.getClass().getName(), limits.value()));
        json.writeStringField("error.message", text(message, limits.value()));
        json.writeStringField("error.stack_trace", bothEnds(trace.toString(), limits.trace()));
    }

    /// The cause of all stands at the end of a trace, so the middle is what can be missed.
    private static String bothEnds(String trace, int charsMax) {
        String safe = Redaction.of(trace);
        int tail = charsMax / 2;
        return safe.length() <= charsMax
                ? safe
                : text(safe, charsMax - tail) + "\n" + safe.substring(safe.length() - tail);
    }

    private static String text(@Nullable String text, int charsMax) {
        if (text == null) {
            return "";
        }
        // What is far beyond the cut need not be searched for secrets.
        String safe = Redaction.of(text.substring(0, Math.min(text.length(), 2 * charsMax)));
        return safe.length() <= charsMax && text.length() <= 2 * charsMax
                ? safe
                : safe.substring(0, Math.min(safe.length(), charsMax)) + CUT;
    }
}
