package dev.ktrdr.source;

import dev.ktrdr.market.BarSourceException;
import dev.ktrdr.market.BarSourceException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// Asks one server, one question at a time, and no sooner than it allows.
///
/// The server counts the weight of what it was asked in each minute (`X-MBX-USED-WEIGHT-1M`); at
/// the limit we wait for the next minute. 429 means too many questions, 418 that they went on and
/// that we are banned: both say how long to wait in `Retry-After`. A short wait is sat out, a long
/// one ends the call, and until it is over nothing is sent: that would make a ban longer. Faults
/// that pass (5xx, lost connections, answers that do not end) are tried again, each time after
/// about twice the time, with chance in it so that many clients do not come back in step.
///
/// Threads may share it; they wait for each other.
final class PoliteClient {

    private static final int ATTEMPTS_MAX = 6;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration BAN = Duration.ofMinutes(3);
    private static final long WAIT_SECONDS_MAX = 7 * 24 * 3600;
    private static final String USED_WEIGHT = "X-MBX-USED-WEIGHT-1M";
    private static final String INVALID_SYMBOL = "\"code\":-1121,";
    private static final int BODY_BYTES_MAX = 8_000_000;
    private static final int EXCERPT_CHARS = 200;

    private final HttpClient http;
    private final Duration timeout;
    private final int weightMax;
    private final Clock clock;
    private final RandomGenerator random;
    private final Pause pause;
    private final ReentrantLock turn = new ReentrantLock(true);
    private Instant notBefore = Instant.MIN;

    /// A client that has asked nothing yet.
    ///
    /// @param http the connection
    /// @param timeout from the question to the last byte of the answer
    /// @param weightMax weight used within a minute at which it waits for the next one
    /// @param clock time of the waits
    /// @param random the chance in the back-off
    /// @param pause how to wait
    PoliteClient(
            HttpClient http,
            Duration timeout,
            int weightMax,
            Clock clock,
            RandomGenerator random,
            Pause pause) {
        this.http = http;
        this.timeout = timeout;
        this.weightMax = weightMax;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    private sealed interface Outcome {}

    /// What the server has sent.
    ///
    /// @param body the bytes
    /// @param time no later than the moment of which the body tells: the earlier of our clock when
    ///     we asked and the server's clock, so that a wrong clock cannot close a bar too soon
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Answer(byte[] body, Instant time) implements Outcome {}

    /// A fault that may pass.
    ///
    /// @param atLeast how long to wait before the next question, even if the back-off is shorter
    private record Again(String fault, Duration atLeast) implements Outcome {}

    /// {@return the body of a 200}
    ///
    /// @throws BarSourceException if the server refuses, stays faulty or bans us; the message is
    ///     for people
    Answer get(URI uri) throws BarSourceException, InterruptedException {
        turn.lockInterruptibly();
        try {
            return persistently(uri);
        } finally {
            turn.unlock();
        }
    }

    private Answer persistently(URI uri) throws BarSourceException, InterruptedException {
        Duration backoff = FIRST_BACKOFF;
        String fault = "";
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            waitForTurn(uri, fault);
            switch (ask(uri)) {
                case Answer answer -> {
                    return answer;
                }
                case Again again -> {
                    fault = again.fault();
                    hold(jitter(backoff));
                    hold(again.atLeast());
                    backoff = backoff.multipliedBy(2);
                }
            }
        }
        throw new BarSourceException(
                Kind.UNAVAILABLE,
                "%s failed %d times, the last time: %s".formatted(host(uri), ATTEMPTS_MAX, fault));
    }

    /// Between half of the back-off and all of it.
    private Duration jitter(Duration backoff) {
        return Duration.ofMillis(random.nextLong(backoff.toMillis() / 2, backoff.toMillis() + 1));
    }

    private void hold(Duration wait) {
        Instant until = clock.instant().plus(wait);
        notBefore = until.isAfter(notBefore) ? until : notBefore;
    }

    private void waitForTurn(URI uri, String fault)
            throws BarSourceException, InterruptedException {
        Instant now = clock.instant();
        if (!notBefore.isAfter(now)) {
            return;
        }
        Duration left = Duration.between(now, notBefore);
        if (left.compareTo(PATIENCE) > 0) {
            String why = fault.isEmpty() ? "" : " (" + fault + ")";
            throw new BarSourceException(
                    Kind.UNAVAILABLE,
                    "%s wants no questions before %s%s; try again then"
                            .formatted(host(uri), notBefore.truncatedTo(ChronoUnit.SECONDS), why));
        }
        pause.of(left);
    }

    private Outcome ask(URI uri) throws BarSourceException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(timeout)
                        .header("Accept", "application/json")
                        .build();
        Instant asked = clock.instant();
        try {
            HttpResponse<byte[]> response = send(request);
            spare(response.headers());
            return outcome(uri, response, asked);
        } catch (TimeoutException e) {
            return new Again("no whole answer within " + timeout, Duration.ZERO);
        } catch (IOException e) {
            return new Again(e.getMessage() == null ? e.toString() : e.getMessage(), Duration.ZERO);
        }
    }

    /// The client's own time-out ends with the headers; a body may trickle in for ever.
    private HttpResponse<byte[]> send(HttpRequest request)
            throws IOException, InterruptedException, TimeoutException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException fault) {
                throw fault;
            }
            throw new IllegalStateException("the HTTP client failed", e);
        } finally {
            answer.cancel(true);
        }
    }

    private void spare(HttpHeaders headers) {
        if (number(headers, USED_WEIGHT, 0) >= weightMax) {
            Instant now = clock.instant();
            hold(Duration.between(now, now.truncatedTo(ChronoUnit.MINUTES).plus(WINDOW)));
        }
    }

    private Outcome outcome(URI uri, HttpResponse<byte[]> response, Instant asked)
            throws BarSourceException {
        int status = response.statusCode();
        if (status == 200) {
            return new Answer(response.body(), earlier(asked, response.headers()));
        }
        String said = "it answered %d %s".formatted(status, excerpt(response.body()));
        if (status == 429 || status == 418) {
            Duration usual = status == 429 ? WINDOW : BAN;
            return new Again(said, retryAfter(response.headers(), usual));
        }
        if (status >= 500 || status == 408) {
            return new Again(said, retryAfter(response.headers(), Duration.ZERO));
        }
        Kind kind = said.contains(INVALID_SYMBOL) ? Kind.NOT_FOUND : Kind.INVALID;
        throw new BarSourceException(kind, host(uri) + " does not serve this: " + said);
    }

    private static Instant earlier(Instant asked, HttpHeaders headers) {
        try {
            Instant served =
                    headers.firstValue("Date")
                            .map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
                            .map(Instant::from)
                            .orElse(asked);
            return served.isBefore(asked) ? served : asked;
        } catch (DateTimeException notADate) {
            return asked;
        }
    }

    private static Duration retryAfter(HttpHeaders headers, Duration usual) {
        long seconds = number(headers, "Retry-After", usual.toSeconds());
        return Duration.ofSeconds(Math.clamp(seconds, 0, WAIT_SECONDS_MAX));
    }

    private static long number(HttpHeaders headers, String name, long usual) {
        return headers.firstValue(name)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(usual);
    }

    /// In one line, without what could disturb a log or a terminal.
    private static String excerpt(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).replaceAll("[\\s\\p{C}]+", " ");
        return text.length() <= EXCERPT_CHARS ? text : text.substring(0, EXCERPT_CHARS) + "…";
    }

    /// Without what else an address may hold, such as a key.
    private static String host(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }
}
