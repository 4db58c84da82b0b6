package dev.ktrdr.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The examples are those of the HTML standard, section 9.2.6, with JSON in them.
class EventsTest {

    private static List<String> read(String stream) throws IOException {
        List<String> events = new ArrayList<>();
        Events.read(
                new ByteArrayInputStream(stream.getBytes(UTF_8)),
                event -> events.add(event.name() + " " + event.data()));
        return events;
    }

    @Test
    void eventHasANameAndDataAndEndsWithABlankLine() throws IOException {
        assertThat(read("event: add\ndata: 73857293\n\nevent: remove\ndata: [2153]\n\n"))
                .containsExactly("add 73857293", "remove [2153]");
    }

    @Test
    void linesOfDataAreJoinedAndNamesMayBeMissing() throws IOException {
        assertThat(read("data: {\"a\":\ndata: 1}\n\n")).containsExactly("message {\"a\":1}");
    }

    @Test
    void commentsUnknownFieldsAndEventsWithoutDataAreLeftOut() throws IOException {
        assertThat(read(": test stream\n\nid: 1\nretry: 10\ndata:2\n\nevent: empty\n\n"))
                .containsExactly("message 2");
    }

    @Test
    void linesMayEndAsOnWindows() throws IOException {
        assertThat(read("event: a\r\ndata: \"é\"\r\n\r\n")).containsExactly("a \"é\"");
    }

    @Test
    void eventThatIsCutIsNotDelivered() throws IOException {
        assertThat(read("data: 1\n\ndata: 2\n")).containsExactly("message 1");
    }

    @Test
    void dataThatAreNoJsonAreMissing() throws IOException {
        assertThat(read("data: hello\n\n")).containsExactly("message ");
    }

    @Test
    void nothingIsReadAfterTheListenerHasHeardEnough() throws IOException {
        var stream = new ByteArrayInputStream("data: 1\n\n".repeat(10_000).getBytes(UTF_8));
        Events.read(stream, _ -> false);
        assertThat(stream.available()).isPositive();
    }
}
