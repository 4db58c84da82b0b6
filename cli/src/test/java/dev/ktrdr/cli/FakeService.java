package dev.ktrdr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A service that answers what a test told it, and remembers what it was asked.
final class FakeService implements AutoCloseable {

    /// What was asked; `target` is the raw path with its query.
    record Request(String method, String target, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }
    }

    @FunctionalInterface
    interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    static FakeService start() {
        try {
            return new FakeService();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String method = exchange.getRequestMethod();
            requests.add(
                    new Request(
                            method,
                            uri.toString(),
                            Map.copyOf(exchange.getRequestHeaders()),
                            body));
            Handler handler = handlers.get(method + " " + uri.getRawPath());
            if (handler == null) {
                send(exchange, 404, error("NOT_FOUND", "no route " + uri.getRawPath()));
            } else {
                handler.handle(exchange);
            }
        }
    }

    /// Answers `route`, a method and a raw path, with JSON.
    FakeService on(String route, int status, String json) {
        return on(route, exchange -> send(exchange, status, json));
    }

    FakeService on(String route, Handler handler) {
        handlers.put(route, handler);
        return this;
    }

    /// Answers `route` with the data in a good envelope.
    FakeService data(String route, String data) {
        return on(route, 200, good(data));
    }

    /// Answers `route` with 202 and the name of an operation, which goes by `events`, such as
    /// `event: detected`, and ends as `end` tells, the data of its last state.
    FakeService operation(String route, String id, String events, String end) {
        String path = "/api/v1/operations/" + id;
        on(route, 202, good("{\"operation_id\":\"" + id + "\",\"status\":\"pending\"}"));
        on(
                "GET " + path + "/events",
                exchange -> send(exchange, 200, "text/event-stream;charset=UTF-8", events));
        return data("GET " + path, end);
    }

    /// {@return the data in a good envelope}
    static String good(String data) {
        return "{\"success\":true,\"data\":" + data + ",\"error\":null}";
    }

    static String error(String code, String message) {
        return ("{\"success\":false,\"data\":null,\"error\":{\"code\":\"%s\",\"message\":\"%s\","
                        + "\"details\":null}}")
                .formatted(code, message);
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        send(exchange, status, "application/json", json);
    }

    /// Answers one request.
    static void send(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Request-ID", "r-1");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// {@return the only request there was}
    Request request() {
        if (requests.size() != 1) {
            throw new AssertionError("one request expected, got " + requests);
        }
        return requests.getFirst();
    }

    /// {@return the requests so far, each as its method and target}
    List<String> asked() {
        return requests.stream().map(request -> request.method() + " " + request.target()).toList();
    }

    /// {@return the first request of `method`}
    Request request(String method) {
        return requests.stream()
                .filter(request -> request.method().equals(method))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
