package dev.ktrdr.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ktrdr.market.Timeframe;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A server on this machine that speaks klines as the documentation of Binance's spot API has
/// them, and fails in the ways it describes when it is told to.
///
/// Its prices follow from the time alone: a bar that opens in minute `n` since the epoch has the
/// open `n % 1000 + 100`, so that a test can say what it expects without asking the server.
final class KlinesServer implements AutoCloseable {

    /// What to do instead of the right answer.
    interface Fault {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Timeframe timeframe;
    private final long first;
    private final long end;
    private volatile long weight;

    /// A server whose market trades from `first` on and has begun its last bar just before `end`.
    ///
    /// @param first open of the first bar, microseconds since the epoch
    /// @param end no bar opens at or after it
    KlinesServer(Timeframe timeframe, long first, long end) throws IOException {
        this.timeframe = timeframe;
        this.first = first;
        this.end = end;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v3/klines", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// {@return the query of each request so far}
    List<String> questions() {
        return questions;
    }

    /// The next request is answered with `fault`, the one after with what was given next.
    KlinesServer then(Fault fault) {
        synchronized (faults) {
            faults.add(fault);
        }
        return this;
    }

    /// {@return an answer of `status` with the headers `names and values`}
    static Fault status(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, status, body);
        };
    }

    /// {@return an answer whose body stops half-way and never ends}
    Fault stuck() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("[[1499040000000,".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            await();
        };
    }

    /// {@return an answer that ends before the length it has announced}
    static Fault cutOff() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("[[1499040000000,".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("cut off on purpose");
        };
    }

    /// Answers from now on say that so much weight was used in this minute.
    void used(long weight) {
        this.weight = weight;
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        questions.add(exchange.getRequestURI().getQuery());
        Fault fault;
        synchronized (faults) {
            fault = faults.poll();
        }
        if (fault == null) {
            answer(exchange);
        } else {
            fault.answer(exchange);
        }
    }

    /// Answers as it should.
    void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("X-MBX-USED-WEIGHT-1M", Long.toString(weight));
        Map<String, String> query = query(exchange.getRequestURI().getQuery());
        if (!"BTCUSDT".equals(query.get("symbol"))) {
            send(exchange, 400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
            return;
        }
        if (!timeframe.id().equals(query.get("interval"))) {
            send(exchange, 400, "{\"code\":-1120,\"msg\":\"Invalid interval.\"}");
            return;
        }
        long start = Long.parseLong(query.get("startTime")) * 1000;
        int limit = Math.min(1000, Integer.parseInt(query.get("limit")));
        StringBuilder rows = new StringBuilder("[");
        int count = 0;
        for (long open = first; open < end && count < limit; open = timeframe.close(open)) {
            if (open >= start) {
                rows.append(count++ == 0 ? "" : ",").append(row(open));
            }
        }
        send(exchange, 200, rows.append("]").toString());
    }

    /// The form is that of the example in the documentation.
    String row(long open) {
        double price = price(open);
        String cells = "%d,'%.8f','%.8f','%.8f','%.8f','148976.11427815',%d,'%s',308,'%s','%s','0'";
        return ("[" + cells.replace('\'', '"') + "]")
                .formatted(
                        open / 1000,
                        price,
                        price + 2,
                        price - 1,
                        price + 1,
                        timeframe.close(open) / 1000 - 1,
                        "2434.19055334",
                        "1756.87402397",
                        "28.46694368");
    }

    static double price(long open) {
        return open / 60_000_000 % 1000 + 100;
    }

    private static Map<String, String> query(String text) {
        return Stream.of(text.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
