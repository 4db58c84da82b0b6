package dev.ktrdr.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.HandClock;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.SeriesName;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadTest {

    private static final SeriesName NAME = new SeriesName("BTC/USDT", Timeframe.H1);
    private static final long FIRST = micros("2023-01-01T00:00:00Z");
    private static final long HOUR = 3_600_000_000L;

    private final HandClock clock = new HandClock(Instant.parse("2023-05-11T00:30:00Z"));
    private final TreeMap<Long, Double> kept = new TreeMap<>();
    private KlinesServer server;
    private Klines klines;

    private static long micros(String instant) {
        return Timeframe.micros(Instant.parse(instant));
    }

    /// 130 days of 24 hours: 3,120 bars, and one that is being made.
    @BeforeEach
    void start() throws IOException {
        server = new KlinesServer(Timeframe.H1, FIRST, micros("2023-05-11T01:00:00Z"));
        PoliteClient client =
                new PoliteClient(
                        HttpClient.newHttpClient(),
                        Duration.ofSeconds(20),
                        3000,
                        clock,
                        new SplittableRandom(7),
                        clock::advance);
        klines = new Klines(server.address(), client, row -> {});
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void keep(Bars page) {
        for (int i = 0; i < page.count(); i++) {
            assertThat(kept.put(page.time(i), page.open().at(i))).as("kept twice").isNull();
        }
    }

    private long download(long from) throws Exception {
        return new Download(klines, NAME, from, Long.MAX_VALUE).run(this::keep);
    }

    private void allIsThere() {
        assertThat(kept).hasSize(3120).containsKey(FIRST).doesNotContainKey(FIRST + 3120 * HOUR);
        kept.forEach((open, price) -> assertThat(price).isEqualTo(KlinesServer.price(open)));
    }

    @Test
    void fetchesAllThatIsClosed() throws Exception {
        assertThat(download(0)).isEqualTo(3120);
        allIsThere();
    }

    @Test
    void goesOnBehindTheLastBarThatWasKept() throws Exception {
        KlinesServer.Fault ban = KlinesServer.status(418, "", "Retry-After", "86400");
        server.then(server::answer).then(server::answer).then(ban);
        assertThatThrownBy(() -> download(0)).hasMessageContaining("2023-05-12T00:30:00Z");
        assertThat(kept).hasSize(2000);
        clock.advance(Duration.ofDays(1));
        assertThat(download(kept.lastKey() + HOUR)).isEqualTo(1121);
        assertThat(kept).hasSize(3121);
    }

    @Test
    void asksOnlyForTheRangeThatIsWanted() throws Exception {
        long from = FIRST + 10 * HOUR;
        new Download(klines, NAME, from, from + 5 * HOUR).run(this::keep);
        assertThat(kept.keySet())
                .containsExactly(
                        from, from + HOUR, from + 2 * HOUR, from + 3 * HOUR, from + 4 * HOUR);
        assertThat(server.questions()).hasSize(1);
    }

    @Test
    void faultOfTheKeeperEndsTheDownload() {
        Download download = new Download(klines, NAME, 0, Long.MAX_VALUE);
        assertThatThrownBy(
                        () ->
                                download.run(
                                        page -> {
                                            throw new IllegalStateException("disk full");
                                        }))
                .hasMessage("disk full");
        assertThat(server.questions()).hasSize(1);
    }
}
