package dev.ktrdr.source;

import static dev.ktrdr.source.KlinesServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.HandClock;
import dev.ktrdr.market.BarSourceException;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KlinesTest {

    private static final long FIRST = micros("2024-03-01T00:00:00Z");
    private static final long MINUTE = 60_000_000;

    private final HandClock clock = new HandClock(Instant.parse("2024-03-02T18:00:30Z"));
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private KlinesServer server;
    private Klines klines;

    private static long micros(String instant) {
        return Timeframe.micros(Instant.parse(instant));
    }

    /// The market trades each minute from the 1st of March on; bars are being made at 18:00 of the
    /// 2nd, 2,520 minutes later.
    @BeforeEach
    void start() throws IOException {
        server = new KlinesServer(Timeframe.M1, FIRST, micros("2024-03-02T18:01:00Z"));
        klines = klines(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Klines klines(Duration timeout) {
        PoliteClient client =
                new PoliteClient(
                        HttpClient.newHttpClient(),
                        timeout,
                        3000,
                        clock,
                        new SplittableRandom(7),
                        this::pause);
        return new Klines(server.address(), client, refused::add);
    }

    private void pause(Duration time) {
        waits.add(time);
        clock.advance(time);
    }

    private Bars after(long from) throws Exception {
        return klines.after("BTC/USDT", Timeframe.M1, from);
    }

    @Test
    void asksAsTheDocumentationHasIt() throws Exception {
        after(FIRST + 1);
        assertThat(server.questions())
                .containsExactly("symbol=BTCUSDT&interval=1m&startTime=1709251200001&limit=1000");
    }

    @Test
    void pagesFollowEachOtherUpToTheLastClosedBar() throws Exception {
        List<Long> times = new ArrayList<>();
        List<Integer> pages = new ArrayList<>();
        for (Bars page = after(0); page.count() > 0; page = after(times.getLast() + MINUTE)) {
            pages.add(page.count());
            for (int i = 0; i < page.count(); i++) {
                times.add(page.time(i));
            }
        }
        assertThat(pages).containsExactly(1000, 1000, 520);
        assertThat(times).hasSize(2520).doesNotHaveDuplicates().isSorted();
        assertThat(times.getFirst()).isEqualTo(FIRST);
        assertThat(times.getLast()).isEqualTo(micros("2024-03-02T17:59:00Z"));
    }

    /// Minute 28,487,520 since the epoch: 520 + 100 by the rule of the server.
    @Test
    void numbersArriveAsTheyWereSent() throws Exception {
        Bars bars = after(FIRST);
        assertThat(bars.open().at(0)).isEqualTo(620);
        assertThat(bars.high().at(0)).isEqualTo(622);
        assertThat(bars.low().at(0)).isEqualTo(619);
        assertThat(bars.close().at(0)).isEqualTo(621);
        assertThat(bars.volume().at(0)).isEqualTo(148976.11427815);
    }

    /// The last trade of a minute may be booked a moment after it.
    @Test
    void barIsClosedTwoSecondsAfterItsClose() throws Exception {
        long last = micros("2024-03-02T18:00:00Z");
        clock.advance(Duration.ofSeconds(31));
        assertThat(after(last).count()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(after(last).count()).isEqualTo(1);
    }

    /// The server's clock is the real one, which does not reach the year 2200.
    @Test
    void clockThatIsAheadDoesNotCloseBarsTooSoon() throws Exception {
        server.close();
        server =
                new KlinesServer(
                        Timeframe.M1,
                        micros("2199-12-31T23:00:00Z"),
                        micros("2200-01-01T00:00:00Z"));
        klines = klines(Duration.ofSeconds(20));
        clock.advance(Duration.ofDays(100_000));
        assertThat(after(0).count()).isZero();
    }

    @Test
    void waitsForTheNextMinuteWhenTheWeightIsUsedUp() throws Exception {
        server.used(3000);
        after(FIRST);
        assertThat(waits).isEmpty();
        after(FIRST);
        assertThat(waits).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void tooManyQuestionsIsSatOutAsLongAsTheServerSays() throws Exception {
        server.then(
                status(429, "{\"code\":-1003,\"msg\":\"Too many requests\"}", "Retry-After", "17"));
        assertThat(after(FIRST).count()).isEqualTo(1000);
        assertThat(waits).containsExactly(Duration.ofSeconds(17));
    }

    @Test
    void tooManyQuestionsWithoutATimeIsAMinute() throws Exception {
        server.then(status(429, "", "Retry-After", "soon"));
        after(FIRST);
        assertThat(waits).containsExactly(Duration.ofMinutes(1));
    }

    /// Asking on would make a ban longer, three days at most.
    @Test
    void banEndsTheCallAndNothingIsSentBeforeItIsOver() throws Exception {
        server.then(status(418, "{\"code\":-1003,\"msg\":\"IP banned\"}", "Retry-After", "600"));
        assertThatThrownBy(() -> after(FIRST))
                .isInstanceOf(BarSourceException.class)
                .hasMessageContaining("no questions before 2024-03-02T18:10:30Z")
                .hasMessageContaining("IP banned");
        clock.advance(Duration.ofMinutes(7));
        assertThatThrownBy(() -> after(FIRST)).hasMessageContaining("18:10:30Z; try again then");
        assertThat(server.questions()).hasSize(1);
        clock.advance(Duration.ofMinutes(1).plusSeconds(1));
        assertThat(after(FIRST).count()).isEqualTo(1000);
        assertThat(waits).containsExactly(Duration.ofSeconds(119));
    }

    @Test
    void faultsThatPassAreTriedAgainAfterLongerAndLongerWaits() throws Exception {
        server.then(status(500, "")).then(status(502, "<html>")).then(KlinesServer.cutOff());
        assertThat(after(FIRST).count()).isEqualTo(1000);
        assertThat(waits).hasSize(3);
        for (int i = 0; i < 3; i++) {
            long most = 500L << i;
            assertThat(waits.get(i).toMillis()).isBetween(most / 2, most);
        }
    }

    @Test
    void busyServerIsGivenTheTimeItAsksFor() throws Exception {
        server.then(status(503, "", "Retry-After", "90"));
        after(FIRST);
        assertThat(waits).containsExactly(Duration.ofSeconds(90));
    }

    @Test
    void faultThatStaysEndsInASentence() {
        for (int i = 0; i < 6; i++) {
            server.then(status(500, "out\nof \u001b[31morder"));
        }
        assertThatThrownBy(() -> after(FIRST))
                .isInstanceOf(BarSourceException.class)
                .hasMessageMatching(
                        "127.0.0.1:\\d+ failed 6 times, the last time: it answered 500"
                                + " out of \\[31morder");
        assertThat(server.questions()).hasSize(6);
    }

    /// The client of the JDK alone would wait for the rest of the body for ever.
    @Test
    void bodyThatDoesNotEndIsGivenUpAndAskedForAgain() throws Exception {
        klines = klines(Duration.ofSeconds(1));
        server.then(server.stuck());
        assertThat(after(FIRST).count()).isEqualTo(1000);
        assertThat(waits).hasSize(1);
    }

    @Test
    void serverThatIsNotThereEndsInASentence() {
        server.close();
        assertThatThrownBy(() -> after(FIRST))
                .isInstanceOf(BarSourceException.class)
                .hasMessageContaining("failed 6 times");
    }

    @Test
    void refusalOfTheServerIsPassedOnAndNotRepeated() {
        assertThatThrownBy(() -> klines.after("NO/SUCH", Timeframe.M1, 0))
                .isInstanceOfSatisfying(
                        BarSourceException.class,
                        e -> assertThat(e.kind()).isEqualTo(BarSourceException.Kind.NOT_FOUND))
                .hasMessageContaining("400 {\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
        assertThat(server.questions()).hasSize(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void symbolThatCannotBeOneIsNotSent() {
        assertThatThrownBy(() -> klines.after("^GSPC", Timeframe.M1, 0))
                .isInstanceOf(BarSourceException.class)
                .hasMessageContaining("^GSPC");
        assertThat(server.questions()).isEmpty();
    }

    @Test
    void rowsThatAreNoBarsAreLeftOutAndReported() throws Exception {
        long wrong = FIRST + MINUTE + 1_000_000;
        String rows =
                "[%s,%s,%s]".formatted(server.row(FIRST), server.row(wrong), server.row(FIRST));
        server.then(status(200, rows));
        assertThat(after(FIRST).count()).isEqualTo(1);
        assertThat(refused)
                .containsExactly(
                        "BTC/USDT 2024-03-01T00:01:01Z: time must lie on the grid of 1m",
                        "BTC/USDT 2024-03-01T00:00:00Z: time must be after that of the row before");
    }

    @Test
    void pageOfNothingButRefusedRowsIsNotTheEnd() throws Exception {
        server.then(status(200, "[" + server.row(FIRST + 1_000_000) + "]"));
        Bars bars = after(FIRST);
        assertThat(bars.time(0)).isEqualTo(FIRST + MINUTE);
    }

    /// Whether they are bars or not: asking on would never end.
    @Test
    void serverThatIgnoresWhereToBeginIsNoSource() {
        for (long open : List.of(FIRST, FIRST + 1_000_000)) {
            server.then(status(200, "[" + server.row(open) + "]"));
            assertThatThrownBy(() -> after(FIRST + MINUTE))
                    .isInstanceOf(BarSourceException.class)
                    .hasMessageContaining("before those we asked for");
        }
    }

    @Test
    void answersThatAreNoKlinesAreNamed() {
        String good = server.row(FIRST);
        for (String body :
                List.of(
                        "",
                        "<html>sign in</html>",
                        "{}",
                        "[",
                        "[1]",
                        "[[",
                        "[" + good,
                        "[" + good + "]]",
                        "[" + good.substring(0, 60),
                        "[[]]",
                        "[[1709251200000,\"1\",\"1\",\"1\",\"1\"]]",
                        "[[1709251200000,\"1d\",\"1\",\"1\",\"1\",\"1\"]]",
                        "[[1709251200000,\"NaN\",\"1\",\"1\",\"1\",\"1\"]]",
                        "[[1709251200000,null,\"1\",\"1\",\"1\",\"1\"]]",
                        "[[1709251200000000,\"1\",\"1\",\"1\",\"1\",\"1\"]]",
                        "[[\"1709251200000\",\"1\",\"1\",\"1\",\"1\",\"1\"]]")) {
            server.then(status(200, body));
            assertThatThrownBy(() -> after(FIRST))
                    .as(body)
                    .isInstanceOf(BarSourceException.class)
                    .hasMessageMatching("the answer .*|.* is no open time in milliseconds");
        }
        assertThat(waits).isEmpty();
    }

    @Test
    void interruptEndsTheWaiting() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> after(FIRST)).isInstanceOf(InterruptedException.class);
    }
}
