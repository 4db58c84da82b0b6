package dev.ktrdr.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.client.Exchange.Question;
import dev.ktrdr.client.Failure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.function.Predicate;

/// The KTRDR service at the other end of HTTP: asks, and turns all that can go wrong into a
/// [Failure] that says what to do.
public final class Service {

    private final Exchange exchange;

    private Service(Exchange exchange) {
        this.exchange = exchange;
    }

    /// {@return the service at `url`, or where the environment says if that is empty}
    ///
    /// @param agent          how this program calls itself, such as "ktrdr/1.0"
    /// @param timeoutSeconds of silence that are borne, at least 1
    /// @throws Failure if the address or the time is none
    public static Service of(Surroundings here, String url, String agent, int timeoutSeconds) {
        if (timeoutSeconds < 1) {
            throw Failure.of(Kind.USAGE, "--timeout must be at least 1, was " + timeoutSeconds);
        }
        var patience = Duration.ofSeconds(timeoutSeconds);
        return new Service(new Exchange(here, Address.of(here, url), agent, patience));
    }

    /// What was answered, with the body still to be read.
    ///
    /// @param from what it was exchanged over, for messages
    /// @param body its reads throw IOException when the connection breaks
    public record Answer(Exchange from, int status, HttpHeaders headers, InputStream body) {

        /// {@return the header, or empty text}
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /// {@return whether the body is of this type, such as `text/csv`}
        public boolean is(String type) {
            return header("Content-Type").startsWith(type);
        }

        /// {@return the failure for an answer that no KTRDR gives}
        public Failure malformed() {
            String type = header("Content-Type");
            String message =
                    ("%s does not answer as KTRDR does (HTTP %d, %s): does another service listen"
                                    + " there?")
                            .formatted(
                                    from.address(),
                                    status,
                                    type.isEmpty() ? "no content type" : type);
            return Failure.of(Kind.ANSWER, message);
        }
    }

    /// Reads an answer. Only reading the answer may throw IOException.
    ///
    /// @param <T> what comes of it
    @FunctionalInterface
    public interface Receiver<T> {
        /// {@return what comes of the answer, whose body is closed afterwards}
        T receive(Answer answer) throws IOException;
    }

    /// {@return the data of the envelope}
    public JsonNode get(String path) {
        return exchange.ask(Question.of("GET", path), Envelope::data);
    }

    /// {@return the data of the envelope}
    public JsonNode delete(String path) {
        return exchange.ask(Question.of("DELETE", path), Envelope::data);
    }

    /// {@return the data of the envelope}
    ///
    /// @param method of HTTP, such as "PUT"
    public JsonNode send(String method, String path, JsonNode body) {
        return exchange.ask(
                new Question(
                        method,
                        path,
                        "application/json",
                        _ -> BodyPublishers.ofString(body.toString())),
                Envelope::data);
    }

    /// {@return the data of the envelope}
    ///
    /// @param length bytes of `content`, negative if not known before its end
    public JsonNode upload(String path, String type, InputStream content, long length) {
        return exchange.ask(
                new Question("POST", path, type, Exchange.body(content, length)), Envelope::data);
    }

    /// {@return what `receiver` makes of the body of a good answer}
    ///
    /// @param <T> what the receiver makes of it
    public <T> T download(String method, String path, Receiver<T> receiver) {
        return exchange.ask(
                Question.of(method, path),
                answer -> {
                    if (answer.status() != 200) {
                        Envelope.data(answer); // throws what the envelope says
                        throw answer.malformed();
                    }
                    return receiver.receive(answer);
                });
    }

    /// Something that happened to an operation.
    ///
    /// @param name such as "progress"
    /// @param data what it says, missing if that is no JSON
    public record Event(String name, JsonNode data) {}

    /// Hands each event of the stream at `path` to `listener` until it wants no more or the
    /// stream ends.
    ///
    /// @param listener says whether it wants to hear of more
    /// @throws Failure if there is no such stream, or it breaks
    public void listen(String path, Predicate<Event> listener) {
        download(
                "GET",
                path,
                answer -> {
                    if (!answer.is("text/event-stream")) {
                        throw answer.malformed();
                    }
                    Events.read(answer.body(), listener);
                    return path;
                });
    }

    /// {@return the detailed health; a service that is not well answers 503 and tells it too}
    public JsonNode health() {
        return exchange.ask(
                Question.of("GET", "/api/health/ready"),
                answer -> {
                    boolean told = answer.status() == 200 || answer.status() == 503;
                    JsonNode health = Envelope.json(answer);
                    if (!told || !health.path("status").isTextual()) {
                        throw answer.malformed();
                    }
                    return health;
                });
    }

    /// {@return the field, which the contract promises}
    ///
    /// @throws Failure if it is not there
    public static JsonNode field(JsonNode node, String name) {
        JsonNode field = node.get(name);
        if (field == null) {
            throw Failure.of(
                    Kind.ANSWER,
                    "the answer of the service lacks \"%s\": are the versions of both the same?"
                            .formatted(name));
        }
        return field;
    }
}
