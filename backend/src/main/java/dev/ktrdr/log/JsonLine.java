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
import java.util.Map;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/// Formats a record as one line of JSON with flat ECS names, shorter than 16 KiB.
///
/// Docker splits lines at 16 KiB, which would break the JSON; message and stack trace are cut so
/// that this cannot happen. Line breaks inside values are escaped by JSON itself.
public final class JsonLine extends ExtFormatter {

    /// Bytes of a line, its line break included.
    static final int LINE_BYTES_MAX = 16_383;

    private static final int MESSAGE_CHARS_MAX = 2_000;
    private static final int TRACE_CHARS_MAX = 8_000;
    private static final int VALUE_CHARS_MAX = 1_000;
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
        String line = line(event, TRACE_CHARS_MAX, MESSAGE_CHARS_MAX);
        // Characters outside ASCII and escapes take more bytes than chars; cut again, harder.
        if (line.getBytes(StandardCharsets.UTF_8).length > LINE_BYTES_MAX) {
            line = line(event, TRACE_CHARS_MAX / 8, MESSAGE_CHARS_MAX / 8);
        }
        return line;
    }

    private String line(ExtLogRecord event, int traceCharsMax, int messageCharsMax) {
        StringWriter out = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("@timestamp", STAMP.format(event.getInstant()));
            json.writeStringField("log.level", Event.Severity.of(event.getLevel()).name());
            json.writeStringField("message", text(formatMessage(event), messageCharsMax));
            json.writeStringField("log.logger", text(event.getLoggerName(), VALUE_CHARS_MAX));
            json.writeStringField("process.thread.name", text(event.getThreadName(), 100));
            json.writeStringField("service.name", "ktrdr-backend");
            json.writeStringField("service.version", version);
            json.writeStringField("service.environment", environment);
            json.writeStringField("ecs.version", "8.11");
            for (Map.Entry<String, String> context : event.getMdcCopy().entrySet()) {
                json.writeStringField(context.getKey(), text(context.getValue(), VALUE_CHARS_MAX));
            }
            if (event.getParameters() != null
                    && event.getParameters().length == 1
                    && event.getParameters()[0] instanceof Event.Fields fields) {
                write(json, fields.values(), messageCharsMax / 2);
            }
            if (event.getThrown() != null) {
                write(json, event.getThrown(), traceCharsMax);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail", e);
        }
        return out.append('\n').toString();
    }

    private static void write(JsonGenerator json, Map<?, ?> fields, int charsMax)
            throws IOException {
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            json.writeFieldName(String.valueOf(field.getKey()));
            switch (field.getValue()) {
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

    private static void write(JsonGenerator json, Throwable thrown, int traceCharsMax)
            throws IOException {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        json.writeStringField("error.type", thrown.getClass().getName());
        json.writeStringField(
                "error.message", text(String.valueOf(thrown.getMessage()), VALUE_CHARS_MAX));
        json.writeStringField("error.stack_trace", text(trace.toString(), traceCharsMax));
    }

    private static String text(@Nullable String text, int charsMax) {
        if (text == null) {
            return "";
        }
        String safe = Redaction.of(text);
        return safe.length() <= charsMax ? safe : safe.substring(0, charsMax) + "… (cut)";
    }
}
