package dev.ktrdr.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A client of one service on loopback.
final class Http implements AutoCloseable {

    /// An answer.
    ///
    /// @param status of HTTP
    /// @param text the body
    /// @param response the rest of it
    record Reply(int status, String text, HttpResponse<String> response) {

        JsonNode json() {
            return Docker.json(text);
        }

        /// {@return the field `data` of the envelope}
        JsonNode data() {
            return json().path("data");
        }

        /// {@return the code of the error in the envelope}
        String error() {
            return json().path("error").path("code").asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private final int port;
    private final String token;
    private final HttpClient client;

    Http(int port, String token) {
        this.port = port;
        this.token = token;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
    }

    int port() {
        return port;
    }

    /// {@return a client of the same service that sends `token`}
    Http withToken(String token) {
        return new Http(port, token);
    }

    Reply get(String path) {
        return send(path, UnaryOperator.identity());
    }

    Reply post(String path, String contentType, String body) {
        return send(
                path,
                request ->
                        request.header("Content-Type", contentType)
                                .POST(BodyPublishers.ofString(body)));
    }

    Reply put(String path, String json) {
        return send(
                path,
                request ->
                        request.header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(json)));
    }

    Reply importCsv(String symbol, String csv) {
        String query = "?timeframe=1d&wait=60&symbol=" + encoded(symbol);
        return post("/api/v1/data/import" + query, "text/csv", csv);
    }

    Reply bars(String symbol) {
        return get("/api/v1/data/" + encoded(symbol) + "/1d");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Reply send(String path, UnaryOperator<HttpRequest.Builder> more) {
        try {
            return exchange(path, more);
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + path, e);
        }
    }

    /// {@return the status, or 0 where nobody answers}
    int status(String path) {
        try {
            return exchange(path, UnaryOperator.identity()).status();
        } catch (IOException e) {
            return 0;
        }
    }

    private Reply exchange(String path, UnaryOperator<HttpRequest.Builder> more)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(60));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response =
                    client.send(more.apply(request).build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// {@return the lines of a request before its body}
    ///
    /// @param lines the first with method and path, then headers
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\nHost: localhost\r\n\r\n";
    }

    /// {@return a connection for requests that no client would send}
    Socket connect() {
        try {
            Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            socket.setSoTimeout(60_000);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// {@return the answer to `head` and `bodyParts`, as text, headers included}
    ///
    /// The answer is read while the body is written, since a service that has heard enough answers
    /// before the end.
    String raw(String head, Iterable<byte[]> bodyParts) {
        try (Socket socket = connect()) {
            Thread writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            var out = socket.getOutputStream();
                                            out.write(head.getBytes(StandardCharsets.US_ASCII));
                                            for (byte[] part : bodyParts) {
                                                out.write(part);
                                            }
                                            out.flush();
                                        } catch (IOException heardEnough) {
                                            // The answer tells.
                                        }
                                    });
            String answer = reply(socket);
            writer.interrupt();
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// {@return one answer that ends with its JSON body}
    static String reply(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8192];
        while (!complete(text)) {
            int count;
            try {
                count = socket.getInputStream().read(buffer);
            } catch (SocketException reset) {
                break;
            }
            if (count < 0) {
                break;
            }
            text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static boolean complete(StringBuilder text) {
        int body = text.indexOf("\r\n\r\n{");
        if (body < 0) {
            return false;
        }
        Matcher length =
                Pattern.compile("(?i)content-length: ([0-9]+)").matcher(text.substring(0, body));
        return length.find() && text.length() - body - 4 >= Integer.parseInt(length.group(1));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
