package dev.ktrdr.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ktrdr.cli.Failure.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/// The KTRDR service at the other end of HTTP: asks, and turns all that can go wrong into a
/// [Failure] that says what to do.
///
/// It follows no redirects, so that a token goes nowhere but to the address the user gave.
final class Service {

    private final Surroundings here;
    private final Address address;
    private final Duration patience;

    private Service(Surroundings here, Address address, Duration patience) {
        this.here = here;
        this.address = address;
        this.patience = patience;
    }

    /// {@return the service at `url`, or where the environment says if that is empty}
    static Service of(Surroundings here, String url, int timeoutSeconds) {
        if (timeoutSeconds < 1) {
            throw Failure.of(Kind.USAGE, "--timeout must be at least 1, was " + timeoutSeconds);
        }
        return new Service(here, Address.of(here, url), Duration.ofSeconds(timeoutSeconds));
    }

    /// What was answered, with the body still to be read.
    record Answer(int status, HttpHeaders headers, InputStream body) {

        /// {@return the header, or empty text}
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /// Reads an answer. Only reading the answer may throw IOException.
    @FunctionalInterface
    interface Receiver<T> {
        T receive(Answer answer) throws IOException;
    }

    private record Question(
            String method, String path, String type, Function<Watch, BodyPublisher> body) {}

    private static BodyPublisher noBody(Watch watch) {
        return BodyPublishers.noBody();
    }

    /// {@return the data of the envelope}
    JsonNode get(String path) {
        return exchange(new Question("GET", path, "", Service::noBody), this::data);
    }

    /// {@return the data of the envelope}
    JsonNode put(String path, JsonNode body) {
        return exchange(
                new Question(
                        "PUT",
                        path,
                        "application/json",
                        _ -> BodyPublishers.ofString(body.toString())),
                this::data);
    }

    /// {@return the data of the envelope}
    ///
    /// @param length bytes of `content`, negative if not known before its end
    JsonNode post(String path, String type, InputStream content, long length) {
        Function<Watch, BodyPublisher> body =
                watch -> {
                    if (length == 0) {
                        return BodyPublishers.noBody();
                    }
                    InputStream watched = unchecked(watch.outgoing(content));
                    BodyPublisher stream = BodyPublishers.ofInputStream(() -> watched);
                    return length < 0 ? stream : BodyPublishers.fromPublisher(stream, length);
                };
        return exchange(new Question("POST", path, type, body), this::data);
    }

    /// {@return what `receiver` makes of the body of a good answer}
    <T> T download(String method, String path, Receiver<T> receiver) {
        return exchange(
                new Question(method, path, "", Service::noBody),
                answer -> {
                    if (answer.status() != 200) {
                        data(answer); // throws what the envelope says
                        throw malformed(answer);
                    }
                    return receiver.receive(answer);
                });
    }

    /// {@return the detailed health; a service that is not well answers 503 and tells it too}
    JsonNode health() {
        return exchange(
                new Question("GET", "/api/health/ready", "", Service::noBody),
                answer -> {
                    boolean told = answer.status() == 200 || answer.status() == 503;
                    JsonNode health = json(answer);
                    if (!told || !health.path("status").isTextual()) {
                        throw malformed(answer);
                    }
                    return health;
                });
    }

    private <T> T exchange(Question question, Receiver<T> receiver) {
        HttpClient client = client();
        try (var watch = Watch.start(patience)) {
            var sent =
                    client.sendAsync(
                            request(question, watch), HttpResponse.BodyHandlers.ofInputStream());
            watch.onSilence(() -> sent.cancel(true));
            try {
                HttpResponse<InputStream> response = sent.get();
                watch.onSilence(() -> close(response.body()));
                try (InputStream body = watch.incoming(response.body())) {
                    return receiver.receive(
                            new Answer(response.statusCode(), response.headers(), body));
                }
            } catch (CancellationException | IOException e) {
                throw lost(watch, e);
            } catch (ExecutionException e) {
                throw lost(watch, e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.of(Kind.UNREACHABLE, "interrupted");
            }
        } finally {
            client.shutdownNow();
        }
    }

    private HttpClient client() {
        HttpClient.Builder client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(
                                address.isLoopback()
                                        ? HttpClient.Builder.NO_PROXY
                                        : ProxySelector.getDefault());
        return (address.isPlain() ? client.sslContext(trustingNobody()) : client).build();
    }

    /// Reading the certificates of the machine takes a good part of the start, and plain HTTP has
    /// no use for them.
    private static SSLContext trustingNobody() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private HttpRequest request(Question question, Watch watch) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.at(question.path()))
                        .header("User-Agent", "ktrdr/" + Version.number())
                        .method(question.method(), question.body().apply(watch));
        if (!question.type().isEmpty()) {
            request.header("Content-Type", question.type());
        }
        if (question.path().startsWith("/api/v1/")) {
            Token.find(here, address.isLoopback())
                    .ifPresent(token -> request.header("Authorization", "Bearer " + token.value()));
        }
        return request.build();
    }

    private JsonNode data(Answer answer) throws IOException {
        if (answer.status() == 401 || answer.status() == 403) {
            throw unauthorised(answer);
        }
        JsonNode envelope = json(answer);
        JsonNode success = envelope.path("success");
        boolean good = answer.status() / 100 == 2;
        if (!success.isBoolean() || success.booleanValue() != good) {
            throw malformed(answer);
        }
        if (good) {
            return field(envelope, "data");
        }
        JsonNode error = envelope.path("error");
        String retry = answer.header("Retry-After");
        String line =
                "%s: %s%s%s"
                        .formatted(
                                error.path("code").asText("ERROR"),
                                error.path("message").asText("no message"),
                                retry.isEmpty() ? "" : "; try again in " + retry + " s",
                                requestId(answer));
        throw Failure.told(Kind.ANSWER, line, envelope);
    }

    private Failure unauthorised(Answer answer) {
        String advice =
                Token.find(here, address.isLoopback())
                        .map(token -> "the " + token + " was refused: give the right one")
                        .orElse("a token is needed: give it");
        String message =
                ("not authorised at %s: %s in KTRDR_API_TOKEN or KTRDR_API_TOKEN_FILE;"
                                + " a service that made its own keeps it in"
                                + " data/secrets/api-token%s")
                        .formatted(address, advice, requestId(answer));
        try {
            JsonNode envelope = json(answer);
            return envelope.path("error").isObject()
                    ? Failure.told(Kind.UNAUTHORIZED, message, envelope)
                    : Failure.of(Kind.UNAUTHORIZED, message);
        } catch (IOException | Failure e) {
            return Failure.of(Kind.UNAUTHORIZED, message); // the status says enough
        }
    }

    private static String requestId(Answer answer) {
        String id = answer.header("X-Request-ID");
        return id.isEmpty() ? "" : " (request " + id + ")";
    }

    private JsonNode json(Answer answer) throws IOException {
        try {
            return Json.MAPPER.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw malformed(answer);
        }
    }

    /// {@return the failure for an answer that no KTRDR gives}
    Failure malformed(Answer answer) {
        String type = answer.header("Content-Type");
        String message =
                "%s does not answer as KTRDR does (HTTP %d, %s): does another service listen there?"
                        .formatted(
                                address,
                                answer.status(),
                                type.isEmpty() ? "no content type" : type);
        return Failure.of(Kind.ANSWER, message);
    }

    private Failure lost(Watch watch, Throwable cause) {
        if (watch.expired()) {
            return unreachable(
                    "%s was silent for %d s: is it busy? --timeout SECONDS waits longer"
                            .formatted(address, patience.toSeconds()));
        }
        return switch (root(cause)) {
            case ConnectException e ->
                    unreachable(
                            ("cannot reach %s%s: is it running? start it with: "
                                            + "./ktrdr serve or docker-compose up -d")
                                    .formatted(address, isUnresolved(e) ? " (unknown host)" : ""));
            case SSLException e ->
                    unreachable("cannot speak TLS with %s: %s".formatted(address, e.getMessage()));
            case UncheckedIOException e ->
                    Failure.of(Kind.LOCAL_FILE, "cannot read what to send: " + reason(e));
            default ->
                    unreachable(
                            "the connection to %s broke (%s): see the log of the service"
                                    .formatted(address, cause.getMessage()));
        };
    }

    /// {@return what really failed: the client wraps an error of the body we send}
    private static Throwable root(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof UncheckedIOException) {
                return t;
            }
        }
        return thrown;
    }

    private static String reason(UncheckedIOException e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : String.valueOf(cause.getMessage());
    }

    private static Failure unreachable(String message) {
        return Failure.of(Kind.UNREACHABLE, message);
    }

    private static boolean isUnresolved(Throwable e) {
        Throwable cause = e.getCause();
        return e instanceof UnresolvedAddressException || (cause != null && isUnresolved(cause));
    }

    /// The HTTP client takes a checked exception of the stream it sends for its end.
    private static InputStream unchecked(InputStream stream) {
        return new FilterInputStream(stream) {

            @Override
            public int read(byte[] bytes, int offset, int length) {
                try {
                    return super.read(bytes, offset, length);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // it is given up anyway
        }
    }

    /// {@return the field, which the contract promises}
    static JsonNode field(JsonNode node, String name) {
        JsonNode field = node.get(name);
        if (field == null) {
            throw Failure.of(
                    Kind.ANSWER,
                    "the answer of the service lacks \"%s\": are the versions of both the same?"
                            .formatted(name));
        }
        return field;
    }

    /// Made on first use, so that help and version do not wait for it.
    private static final class Json {
        /// Keeps every digit of a price as it was sent.
        static final ObjectMapper MAPPER =
                JsonMapper.builder()
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                        .build();
    }
}
