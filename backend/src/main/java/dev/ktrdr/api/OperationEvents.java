package dev.ktrdr.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.job.Operation;
import dev.ktrdr.job.Operations;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The changes of one operation as server-sent events, until it is over.
///
/// An event is called `progress`, or as the end is: `completed`, `failed`, `cancelled`. What a file
/// was taken for comes once, as `detected`. Whoever comes late gets the newest state first, and
/// whoever is slow gets fewer events; none is ever out of date.
///
/// Source of the form: WHATWG, HTML, section 9.2 "Server-sent events".
final class OperationEvents implements StreamingOutput {

    /// Nobody needs more in a second than the eye can follow.
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// A comment now and then keeps proxies from cutting, and finds out who has gone.
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final String DETECTED = "detected";

    private final Operations operations;
    private final ObjectMapper json;
    private final Operation first;

    OperationEvents(Operations operations, ObjectMapper json, Operation first) {
        this.operations = operations;
        this.json = json;
        this.first = first;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try {
            boolean detected = send(out, first, false);
            for (Operation seen = first; !seen.status().isFinal(); ) {
                Operation next = operations.after(seen, HEARTBEAT);
                if (next.equals(seen)) {
                    put(out, ": still there\n\n");
                } else {
                    detected = send(out, next, detected);
                    Thread.sleep(next.status().isFinal() ? Duration.ZERO : PAUSE);
                }
                seen = next;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service is stopping");
        }
    }

    /// {@return whether it has been told what the file was taken for}
    private boolean send(OutputStream out, Operation operation, boolean told) throws IOException {
        Object detected = operation.position().facts().get(DETECTED);
        if (detected != null && !told) {
            put(out, event(DETECTED, detected));
        }
        boolean isFinal = operation.status().isFinal();
        String name = isFinal ? operation.status().word() : "progress";
        put(out, event(name, OperationView.of(operation)));
        return detected != null;
    }

    private String event(String name, Object data) throws IOException {
        return "event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n";
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
