package dev.ktrdr.client;

import dev.ktrdr.client.Failure.Kind;
import dev.ktrdr.client.Service.Answer;
import dev.ktrdr.client.Service.Receiver;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/// One question and its answer over HTTP, and what can go wrong between them.
///
/// It follows no redirects, so that a token goes nowhere but to the address the user gave.
///
/// @param agent    how this program calls itself, such as "ktrdr/1.0"
/// @param patience how long the service may be silent
record Exchange(Surroundings here, Address address, String agent, Duration patience) {

    /// What is asked.
    ///
    /// @param type of the body, empty if there is none
    record Question(String method, String path, String type, Function<Watch, BodyPublisher> body) {

        static Question of(String method, String path) {
            return new Question(method, path, "", _ -> BodyPublishers.noBody());
        }
    }

    /// {@return the body that holds `content`}
    ///
    /// @param length bytes of `content`, negative if not known before its end
    static Function<Watch, BodyPublisher> body(InputStream content, long length) {
        return watch -> {
            if (length == 0) {
                return BodyPublishers.noBody();
            }
            InputStream watched = unchecked(watch.outgoing(content));
            BodyPublisher stream = BodyPublishers.ofInputStream(() -> watched);
            return length < 0 ? stream : BodyPublishers.fromPublisher(stream, length);
        };
    }

    /// {@return what `receiver` makes of the answer}
    ///
    /// @throws Failure if there was no whole answer, and what the receiver throws
    <T> T ask(Question question, Receiver<T> receiver) {
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
                            new Answer(this, response.statusCode(), response.headers(), body));
                }
            } catch (CancellationException | IOException e) {
                throw lost(watch, e);
            } catch (ExecutionException e) {
                throw lost(watch, e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unreachable("interrupted");
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

    /// {@return what to show the service, if there is such a thing}
    Optional<Token> token() {
        return Token.find(here, address.isLoopback());
    }

    private HttpRequest request(Question question, Watch watch) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.at(question.path()))
                        .header("User-Agent", agent)
                        .method(question.method(), question.body().apply(watch));
        if (!question.type().isEmpty()) {
            request.header("Content-Type", question.type());
        }
        if (question.path().startsWith("/api/v1/")) {
            token().ifPresent(t -> request.header("Authorization", "Bearer " + t.value()));
        }
        return request.build();
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
}
