package dev.ktrdr.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.log.Event.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonLine formatter = new JsonLine("1.2.3", "development");

    private static ExtLogRecord event(String message) {
        var event = new ExtLogRecord(Level.INFO, message, FormatStyle.NO_FORMAT, "any");
        event.setLoggerName("dev.ktrdr.test");
        return event;
    }

    private static ExtLogRecord event(String message, Map<String, Object> fields) {
        ExtLogRecord event = event(message);
        event.setParameters(new Object[] {new Fields(fields)});
        return event;
    }

    /// {@return the object of the line, which must be whole, alone and short enough for Docker}
    private JsonNode parse(ExtLogRecord event) throws IOException {
        String line = formatter.format(event);
        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(16_384);
        assertThat(line).endsWith("}\n");
        assertThat(line.substring(0, line.length() - 1)).doesNotContain("\n").doesNotContain("\r");
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        JsonNode object = JSON.readTree(bytes);
        assertThat(object.isObject()).isTrue();
        assertThat(object.get("service.name").asText()).isEqualTo("ktrdr-backend");
        return object;
    }

    @Test
    void lineHasFlatNamesOfTheSchema() throws IOException {
        ExtLogRecord event = event("hello");
        event.setInstant(Instant.parse("2026-01-02T03:04:05.0069Z"));
        event.setThreadName("main");
        assertThat(formatter.format(event))
                .isEqualTo(
                        "{\"@timestamp\":\"2026-01-02T03:04:05.006Z\",\"log.level\":\"INFO\","
                                + "\"message\":\"hello\",\"log.logger\":\"dev.ktrdr.test\","
                                + "\"process.thread.name\":\"main\","
                                + "\"service.name\":\"ktrdr-backend\","
                                + "\"service.version\":\"1.2.3\","
                                + "\"service.environment\":\"development\","
                                + "\"ecs.version\":\"8.11\"}\n");
    }

    @Test
    void fieldsKeepTheirTypes() throws IOException {
        JsonNode line =
                parse(event("x", Map.of("a", 1L, "b", true, "c", "t", "d", Map.of("e", 2))));
        assertThat(line.get("a").isNumber()).isTrue();
        assertThat(line.get("b").isBoolean()).isTrue();
        assertThat(line.get("c").asText()).isEqualTo("t");
        assertThat(line.get("d").get("e").asInt()).isEqualTo(2);
    }

    @Test
    void fieldWithoutAValueIsNull() throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("absent", null);
        assertThat(parse(event("x", fields)).get("absent").isNull()).isTrue();
    }

    @Test
    void contextOfTheRequestIsInTheLine() throws IOException {
        ExtLogRecord event = event("x");
        event.putMdc("http.request.id", "abc");
        assertThat(parse(event).get("http.request.id").asText()).isEqualTo("abc");
    }

    @Test
    void errorHasTypeMessageAndTrace() throws IOException {
        ExtLogRecord event = event("failed");
        event.setThrown(new IllegalStateException("because", new IOException("below")));
        JsonNode line = parse(event);
        assertThat(line.get("error.type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.get("error.message").asText()).isEqualTo("because");
        assertThat(line.get("error.stack_trace").asText())
                .contains("Caused by: java.io.IOException: below")
                .contains("errorHasTypeMessageAndTrace");
    }

    @Test
    void secretsAreMaskedInMessageFieldsContextAndError() throws IOException {
        ExtLogRecord event = event("token=topsecret", Map.of("url.query", "a=1&api_key=topsecret"));
        event.putMdc("note", "Authorization: Bearer topsecret");
        event.setThrown(new IOException("password: topsecret"));
        assertThat(parse(event).toString()).doesNotContain("topsecret");
    }

    @Test
    void whatIsCutSaysSo() throws IOException {
        assertThat(parse(event("m".repeat(20_000))).get("message").asText())
                .startsWith("mmm")
                .endsWith("… (cut)");
    }

    @Test
    void lineWithFarTooManyFieldsStillTellsWhatHappened() throws IOException {
        assertThat(parse(event("what happened", many(5_000, "v"))).get("message").asText())
                .isEqualTo("what happened");
    }

    private static Map<String, Object> many(int count, String value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            fields.put("field." + i, value);
        }
        return fields;
    }

    private static Exception deep(String message) {
        Exception cause = new IOException(message);
        for (int i = 0; i < 5; i++) {
            cause = new IllegalStateException(message, cause);
        }
        return cause;
    }

    static List<String> hostile() {
        return List.of(
                "",
                "line\nbreak\r\n\u2028\u2029\u0085",
                "\"quoted\" \\back\\slash",
                "\u0000".repeat(20_000),
                "\u0001\u001f\u007f\u009f".repeat(5_000),
                "😀".repeat(20_000),
                "x" + "😀".repeat(20_000),
                "€".repeat(20_000),
                "\ud83d".repeat(20_000),
                "\ude00\ud83d".repeat(10_000),
                "\"".repeat(30_000),
                "\\".repeat(30_000),
                "{0} {1,number} %s %d {",
                "token=".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileTextIsOneWholeShortLineWhereverItStands(String text) throws IOException {
        ExtLogRecord everywhere = event(text, Map.of("field", text, text + "key", "value"));
        everywhere.setLoggerName(text);
        everywhere.setThreadName(text);
        everywhere.putMdc("context", text);
        everywhere.setThrown(deep(text));
        parse(everywhere);
        parse(event(text));
        parse(event("x", many(100, text)));
        parse(event("x", Map.of("inner", many(100, text))));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hugeContextIsOneWholeShortLine(String text) throws IOException {
        ExtLogRecord event = event(text);
        for (int i = 0; i < 100; i++) {
            event.putMdc("context." + i, text);
        }
        parse(event);
    }

    /// Every mixture of the above, 200 of them, fixed seed.
    @Test
    void randomRecordsAreOneWholeShortLine() throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            ExtLogRecord event = event(text(random), many(random.nextInt(40), text(random)));
            for (int j = random.nextInt(20); j > 0; j--) {
                event.putMdc("context." + j, text(random));
            }
            if (random.nextBoolean()) {
                event.setThrown(new IOException(text(random), new Error(text(random))));
            }
            parse(event);
        }
    }

    private static String text(Random random) {
        char[] kinds = {'a', '\n', '"', '\\', '\u0001', '\u00e9', '\u20ac', '\ud83d', '\ude00'};
        char[] text = new char[random.nextInt(3_000)];
        for (int i = 0; i < text.length; i++) {
            text[i] = kinds[random.nextInt(kinds.length)];
        }
        return new String(text);
    }

    @Test
    void errorWithoutATraceAndWithoutAMessageIsFine() throws IOException {
        ExtLogRecord event = event("x");
        Exception bare = new RuntimeException((String) null);
        bare.setStackTrace(new StackTraceElement[0]);
        event.setThrown(bare);
        assertThat(parse(event).get("error.type").asText()).endsWith("RuntimeException");
    }

    @Test
    void formattedMessageOfALibraryIsFilledIn() throws IOException {
        var event = new ExtLogRecord(Level.WARN, "%s of %d", FormatStyle.PRINTF, "any");
        event.setParameters(new Object[] {"one", 2});
        JsonNode line = parse(event);
        assertThat(line.get("message").asText()).isEqualTo("one of 2");
        assertThat(line.get("log.level").asText()).isEqualTo("WARNING");
    }

    @Test
    void eventKeepsItsFieldsAlthoughTheCallerChangesThem() {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("a", 1));
        Fields kept = new Fields(fields);
        fields.put("b", 2);
        assertThat(kept.values()).isEqualTo(Collections.singletonMap("a", 1));
    }
}
