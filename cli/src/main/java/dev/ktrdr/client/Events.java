package dev.ktrdr.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.function.Predicate;

/// Reads server-sent events: the HTML standard, section 9.2.6, without identifiers and retries,
/// since a stream that broke is not taken up again here.
final class Events {

    private String name = "";
    private final StringBuilder data = new StringBuilder();

    private Events() {}

    /// Hands each event to `listener` until it wants no more or the stream ends.
    ///
    /// @param listener says whether it wants to hear of more
    /// @throws IOException if the stream breaks
    static void read(InputStream stream, Predicate<Service.Event> listener) throws IOException {
        var events = new Events();
        var reader = new BufferedReader(new InputStreamReader(stream, UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (!line.isEmpty()) {
                events.take(line);
            } else if (!events.dispatch(listener)) {
                return;
            }
        }
    }

    private boolean dispatch(Predicate<Service.Event> listener) {
        boolean more = data.isEmpty() || listener.test(event());
        name = "";
        data.setLength(0);
        return more;
    }

    private Service.Event event() {
        return new Service.Event(name.isEmpty() ? "message" : name, Envelope.json(data.toString()));
    }

    /// Takes one field. A line that begins with a colon is a comment, which keeps the line open.
    private void take(String line) {
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        String stripped = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "event" -> name = stripped;
            case "data" -> data.append(data.isEmpty() ? "" : "\n").append(stripped);
            default -> {
                // a comment, or what we do not use
            }
        }
    }
}
