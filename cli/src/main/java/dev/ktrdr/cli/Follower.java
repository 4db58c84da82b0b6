package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ktrdr.cli.Verb.Session;
import dev.ktrdr.client.Failure;
import dev.ktrdr.client.Failure.Kind;
import dev.ktrdr.client.Service;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Stays with an operation of the service until it is over.
///
/// The service tells what happens as events. Where they do not get through, or break off, it is
/// asked again and again. Ctrl-C cancels the operation.
final class Follower {

    private static final long PERIOD_MILLIS = 500;
    private static final int GOODBYE_SECONDS = 5;

    private final Session session;
    private final String id;
    private final Consumer<JsonNode> detected;
    private final Meter meter;

    private Follower(Session session, String id, Consumer<JsonNode> detected) {
        this.session = session;
        this.id = id;
        this.detected = detected;
        this.meter = new Meter(session.here());
    }

    /// {@return the result of the operation that the service has accepted}
    ///
    /// @param accepted the data of the answer 202
    /// @param detected is told what a file turned out to be, as soon as that is known
    /// @throws Failure if it came to nothing
    static JsonNode result(Session session, JsonNode accepted, Consumer<JsonNode> detected) {
        return new Follower(session, id(accepted), detected).result();
    }

    /// {@return the name of the operation that the service has accepted}
    static String id(JsonNode accepted) {
        return Service.field(accepted, "operation_id").asText();
    }

    private JsonNode result() {
        var cancel = Thread.ofPlatform().unstarted(this::cancel);
        Runtime.getRuntime().addShutdownHook(cancel);
        try {
            listen();
            JsonNode operation = ended();
            meter.clear();
            return result(operation);
        } finally {
            meter.clear();
            unhook(cancel);
        }
    }

    private void listen() {
        try {
            session.service().listen(Operation.path(id) + "/events", this::happened);
        } catch (Failure e) {
            // asking tells the same, and what is really wrong
        }
    }

    private boolean happened(Service.Event event) {
        switch (event.name()) {
            case "progress" -> meter.progress(event.data());
            case "detected" -> {
                meter.clear();
                detected.accept(event.data());
            }
            case "completed", "failed", "cancelled" -> {
                return false;
            }
            default -> {
                // of a newer service
            }
        }
        return true;
    }

    private JsonNode ended() {
        JsonNode operation = ask();
        while (isOpen(operation)) {
            meter.progress(operation.path("progress"));
            pause();
            operation = ask();
        }
        return operation;
    }

    private JsonNode ask() {
        try {
            return session.service().get(Operation.path(id));
        } catch (Failure e) {
            if (e.kind() != Kind.UNREACHABLE) {
                throw e;
            }
            throw Failure.of(
                    Kind.UNREACHABLE,
                    "%s; the operation may go on there: ktrdr operation show %s"
                            .formatted(e.getMessage(), id));
        }
    }

    private static boolean isOpen(JsonNode operation) {
        String status = status(operation);
        return status.equals("PENDING") || status.equals("RUNNING");
    }

    private static String status(JsonNode operation) {
        return Service.field(operation, "status").asText().toUpperCase(Locale.ROOT);
    }

    private static void pause() {
        try {
            Thread.sleep(PERIOD_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Kind.UNREACHABLE, "interrupted");
        }
    }

    private JsonNode result(JsonNode operation) {
        for (JsonNode warning : operation.path("warnings")) {
            session.here().err().println("ktrdr: warning: " + Table.visible(warning.asText()));
        }
        String status = status(operation);
        if (status.equals("COMPLETED")) {
            return Service.field(operation, "result_summary");
        }
        String message = operation.path("error_message").asText("no reason given");
        String code = operation.path("error_code").asText(status);
        ObjectNode envelope = Failure.envelope(code, message);
        envelope.withObject("/error").putObject("details").put("operation_id", id);
        throw Failure.told(
                Kind.ANSWER, "%s: %s (operation %s)".formatted(code, message, id), envelope);
    }

    private void cancel() {
        meter.clear();
        try {
            session.hurried(GOODBYE_SECONDS)
                    .service()
                    .send(
                            "DELETE",
                            Operation.path(id),
                            Operation.reason("interrupted by the user"));
            session.here().err().println("ktrdr: cancelled " + id);
        } catch (Failure e) {
            session.here()
                    .err()
                    .println(
                            "ktrdr: %s; to cancel it: ktrdr operation cancel %s"
                                    .formatted(Table.visible(String.valueOf(e.getMessage())), id));
        }
    }

    /// Where the process is ending already, this thread has nothing more to say.
    private static void unhook(Thread cancel) {
        try {
            Runtime.getRuntime().removeShutdownHook(cancel);
        } catch (IllegalStateException e) {
            new Semaphore(0).acquireUninterruptibly();
        }
    }
}
